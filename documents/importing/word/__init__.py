"""Reads a Word document (.docx) into an Outline.

    package.py      the file's parts, checked and bounded
    strangers.py    what a file is that is no Word document
    xml.py          names in Word's XML, and parsing it
    sightings.py    findings, kept in the tree until lines have numbers
    tracked.py      tracked changes refused or accepted
    simplifying.py  everything but plain paragraphs, tables and notes made plain text or set aside
    notes.py        references to footnotes that lead somewhere, once each
    styles.py       what a paragraph or run gets from its style
    formats.py      a number as Word prints it
    numbering.py    the label that Word prints before a numbered paragraph
    looking.py      what Word knows of each paragraph, and its line
    roles.py        which paragraphs are title, clause, list item
    handing.py      an archive of our own for mammoth, which makes HTML of it
    folding.py      that HTML with lists nested and footnotes in their place
    outlining.py    that as clauses
    properties.py   what the file says about itself outside of its text
    reading.py      all of it in order

mammoth makes the HTML. It knows nothing of numbers, so they are worked out before it.
"""

from .reading import read_word

__all__ = ["read_word"]
