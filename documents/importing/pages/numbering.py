"""What a numbered list prints before its items."""

import re

from .tree import Node

Count = tuple[str, int]  # the kind of number, "" for bullets; the number of the next item

_KINDS = {"1", "a", "A", "i", "I"}
_STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,40}?\b((?:lower|upper)-(?:alpha|latin|roman))"
)
_NUMERALS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def first_count(node: Node) -> Count:
    """How a list begins to count."""
    if node.tag != "ol":
        return "", 1
    style = _LIST_STYLE.search(node.get("style").lower())
    kind = _STYLES[style[1]] if style else node.get("type")
    return kind if kind in _KINDS else "1", _whole(node.get("start"), 1)


def count_of(item: Node, count: Count) -> Count:
    """The count that the item itself has; a value of its own moves it."""
    kind, number = count
    return kind, _whole(item.get("value"), number)


def printed(count: Count) -> str:
    """The number without the mark after it."""
    kind, number = count
    if kind in {"", "1"} or number < 1:
        return str(number) if kind else ""
    digits = _roman(number) if kind in "iI" else _letters(number)
    return digits.upper() if kind in "AI" else digits


def _whole(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,4}", text) else otherwise


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def _roman(number: int) -> str:
    numerals = ""
    for value, numeral in _NUMERALS:
        count, number = divmod(number, value)
        numerals += numeral * count
    return numerals
