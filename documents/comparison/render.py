"""Edits as plain text: [-deleted-] {+inserted+}, for mails and tests.

Marks as wdiff prints them. Pages have templates of their own.
"""

from collections.abc import Iterable

from .vocabulary import Edit, EditKind

_MARKS = {
    EditKind.EQUAL: ("", ""),
    EditKind.DELETE: ("[-", "-]"),
    EditKind.INSERT: ("{+", "+}"),
}


def marked(edits: Iterable[Edit]) -> str:
    """The text of both sides, with marks around what only one of them has."""
    return "".join(
        f"{opening}{edit.text}{end}" for edit in edits for opening, end in [_MARKS[edit.kind]]
    )
