"""Plain text as a list of paragraphs, headings and list items.

What has no own structure in the file gets it here: empty lines become a count
on the line after them, bullets and indents become fields, wrapped lines are
joined, and an item that lost its bullet gets it back. Which of these lines are
headings is decided elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .decoding import one_line
from .numbers import split_number

LIST_INDENT = 2  # columns from which a number marks a list item, not a clause
WRAPS_BETWEEN = range(60, 121)  # columns of the longest line of a wrapped file
END_MARKS = ".;:,!?…"
_CLOSERS = "\"'”’»)] \u00a0"

_DECORATION = re.compile(r"[\s\-=_*~#.•—–]*")
_BULLET = re.compile(r"[•‣▪◦●○■□·*+–—-]\s+(?=\S)")
_ITEM_NUMBER = re.compile(r"\d{1,3}[.)]\s+(?=\S)")


@dataclass(frozen=True)
class Line:
    """One paragraph, heading or list item.

    first, last: the lines of the file, from 1. blanks: empty lines before it.
    indent: columns beyond the text's margin. marker: "•" for any bullet, "4."
    as printed, else "". text: without indent and marker.
    """

    first: int
    last: int
    blanks: int
    indent: int
    marker: str
    text: str

    @property
    def is_item(self) -> bool:
        return self.marker != ""

    @property
    def number(self) -> int | None:
        """What a numbered item prints; None for a bullet."""
        return int(self.marker[:-1]) if self.marker[:-1].isdecimal() else None


@dataclass(frozen=True)
class _Row:
    """One line of the file; columns is its printed width."""

    number: int
    blanks: int
    indent: int
    columns: int
    marker: str
    text: str


def read_lines(lines: Sequence[str]) -> list[Line]:
    """The lines that hold text, in order; lines of mere decoration are empty ones."""
    rows = list(_rows(lines))
    width = _wrap_width(rows)
    groups: list[list[_Row]] = []
    for row in rows:
        if groups and _continues(groups[-1], row, width):
            groups[-1].append(row)
        else:
            groups.append([_with_lost_bullet(groups[-1][0], row) if groups else row])
    return [_line(group) for group in groups]


def ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(tuple(END_MARKS))


def _rows(lines: Sequence[str]) -> Iterator[_Row]:
    printed = [
        (number, raw.expandtabs(4).rstrip())
        for number, raw in enumerate(lines, 1)
        if not _DECORATION.fullmatch(raw)
    ]
    margin = min((_indent(raw) for _, raw in printed), default=0)
    before = 0
    for number, raw in printed:
        yield _row(number, number - before - 1, raw[margin:])
        before = number


def _row(number: int, blanks: int, raw: str) -> _Row:
    text, indent = raw.lstrip(), _indent(raw)
    bullet = _BULLET.match(text)
    item = _ITEM_NUMBER.match(text) if indent >= LIST_INDENT else None
    found = bullet or item
    marker = "•" if bullet else item[0].strip() if item else ""
    text = one_line(text[found.end() :] if found else text)
    return _Row(number, blanks, indent, len(raw), marker, text)


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip())


def _wrap_width(rows: Sequence[_Row]) -> int:
    """The width to which the file is wrapped, or 0 where each line is a paragraph.

    A wrapped line is one that could not have held the next word. Two that break
    off inside a sentence are taken as proof.
    """
    width = max((row.columns for row in rows), default=0)
    if width not in WRAPS_BETWEEN:
        return 0
    broken = sum(
        _is_full(row, after, width) and not ends_sentence(row.text) for row, after in pairwise(rows)
    )
    return width if broken >= 2 else 0


def _is_full(row: _Row, after: _Row, width: int) -> bool:
    """Whether the row had no room for the next word, so that the row after it goes on."""
    if after.blanks or after.marker or split_number(after.text)[0]:
        return False
    return row.columns + 1 + len(after.text.split(maxsplit=1)[0]) > width


def _continues(group: Sequence[_Row], row: _Row, width: int) -> bool:
    if row.marker or row.blanks:
        return False
    if width and _is_full(group[-1], row, width):
        return True
    return _hangs(group[0], row) and not _lost_its_bullet(group[-1], row)


def _hangs(item: _Row, row: _Row) -> bool:
    """Whether the row stands under the text of a list item."""
    return item.marker != "" and not row.marker and row.indent >= max(LIST_INDENT, item.indent)


def _lost_its_bullet(before: _Row, row: _Row) -> bool:
    return ends_sentence(before.text) and not row.text[0].islower()


def _with_lost_bullet(item: _Row, row: _Row) -> _Row:
    if not _hangs(item, row):
        return row
    return _Row(row.number, row.blanks, item.indent, row.columns, "•", row.text)


def _line(group: Sequence[_Row]) -> Line:
    first, last = group[0], group[-1]
    text = " ".join(row.text for row in group)
    return Line(first.number, last.number, first.blanks, first.indent, first.marker, text)
