"""Takes the printed number off a heading or a line.

"2.1. Scope", "4- PURPOSE", "10.2 Rectification", "1) Scope" and, in headings,
"A. Definitions" and "IV. Fees". A bare "30 days" is no number, nor is a date.
"""

import re

_DIGITS = r"(\d{1,3}(?:\.\d{1,3}){0,5})"
_MARKED = re.compile(_DIGITS + r"(?:[.):]\s+|[.)](?=[^\W\d_])|\s?[-–—]\s+)(?=\S)")
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,5})\s+(?=\S)")
_LETTER = re.compile(r"([A-Z]|[IVXLC]{2,6})[.)]\s+(?=\S)")


def split_number(text: str) -> tuple[str, str]:
    """(number, rest) of a line of plain text; the number is "" if there is none.

    Without a mark after it, a number needs a dot inside and a capital or a
    quotation mark behind.
    """
    marked = _MARKED.match(text)
    if marked:
        return marked[1], text[marked.end() :]
    dotted = _DOTTED.match(text)
    if dotted and not text[dotted.end()].islower() and not text[dotted.end()].isdigit():
        return dotted[1], text[dotted.end() :]
    return "", text


def split_heading_number(text: str) -> tuple[str, str]:
    """As split_number, for a line known to be a heading: a letter may number it."""
    letter = _LETTER.match(text)
    return (letter[1], text[letter.end() :]) if letter else split_number(text)
