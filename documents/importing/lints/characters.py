"""Characters that nobody sees, each told by its code point and name."""

import unicodedata
from collections import Counter
from collections.abc import Iterator

from .sheet import Mark, Sheet

_INVISIBLE = set("\u00ad\u034f\u115f\u1160\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff")
_JOINERS = set("\u200c\u200d")  # letters of other scripts and emoji need them
_DIRECTION = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WHITE_SPACE = set("\t\v\f")
_LATIN_ENDS = "\u0250"
_UNREADABLE = {"Cc": "CONTROL CHARACTER", "Co": "PRIVATE USE CHARACTER", "Cn": "NO CHARACTER"}


def invisible_character(sheet: Sheet) -> Iterator[Mark]:
    for number, line in enumerate(sheet.lines, 1):
        if not line.isascii():
            found = [one for one in line if one in _INVISIBLE] + _needless_joiners(line)
            yield from _marks(number, found)


def direction_character(sheet: Sheet) -> Iterator[Mark]:
    """They can make a text read other than it is compared."""
    for number, line in enumerate(sheet.lines, 1):
        if not line.isascii():
            yield from _marks(number, [one for one in line if one in _DIRECTION])


def unreadable_character(sheet: Sheet) -> Iterator[Mark]:
    for number, line in enumerate(sheet.lines, 1):
        if not line.isprintable():
            yield from _marks(number, [one for one in line if _is_unreadable(one)])
        elif "\ufffd" in line:
            yield from _marks(number, ["\ufffd"] * line.count("\ufffd"))


def _marks(number: int, found: list[str]) -> Iterator[Mark]:
    for character, count in Counter(found).items():
        times = f" × {count}" if count > 1 else ""
        yield (number, number), f"U+{ord(character):04X} {_name(character)}{times}"


def _name(character: str) -> str:
    fallback = _UNREADABLE.get(unicodedata.category(character), "CHARACTER WITHOUT NAME")
    return unicodedata.name(character, fallback)


def _is_unreadable(character: str) -> bool:
    if character == "\ufffd":
        return True
    return character not in _WHITE_SPACE and unicodedata.category(character) in _UNREADABLE


def _needless_joiners(line: str) -> list[str]:
    return [
        character
        for before, character in zip(" " + line, line, strict=False)
        if character in _JOINERS and before < _LATIN_ENDS
    ]
