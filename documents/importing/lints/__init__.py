"""What is likely to be wrong in an imported text, for a person to look at.

    sheet.py       what every lint is given
    names.py       a deleted name, and the heading that it left glued
    damage.py      marks, bullets, ends of sentences and line breaks lost on the way
    structure.py   numbers, references, repetition
    terms.py       defined terms
    meaning.py     dates, contact, promises, law, language
    characters.py  characters that nobody sees

A lint is a function from a Sheet to marks; its name is the finding's code. None
changes a text, and none is certain: each had rather miss something than cry wolf.
"""

from .registry import CODES, find, skipped

__all__ = ["CODES", "find", "skipped"]
