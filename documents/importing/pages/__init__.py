"""Reads a web page, a saved page (MHTML) or pasted rich text into an Outline.

    mhtml.py      a page saved in one file
    charsets.py   bytes to markup
    tree.py       markup to a tree of nodes
    word_lists.py the lists that Word pastes as paragraphs
    head.py       what the page's head says of it
    furniture.py  which parts are no text: menus, banners, what is hidden
    main_text.py  which element holds the policy
    walking.py    the tree as one run of blocks, which writing.py writes
    titles.py     what the page is called
    sections.py   the blocks as clauses
    outlining.py  all of it in order

Everything visible becomes a line of ``Outline.source``, and ends in the title,
a clause or the residue. Start at outlining.py.
"""

from .mhtml import read_mhtml
from .outlining import outline_of_html, read_html

__all__ = ["outline_of_html", "read_html", "read_mhtml"]
