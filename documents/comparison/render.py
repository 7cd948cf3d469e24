"""A redline as plain text: [-deleted-] {+inserted+}, for logs, commands and tests.

Marks as wdiff prints them. Pages and mails have templates of their own.
"""

from collections.abc import Iterable, Iterator

from .vocabulary import ClauseChange, Edit, EditKind, Redline

_MARKS = {
    EditKind.EQUAL: ("", ""),
    EditKind.DELETE: ("[-", "-]"),
    EditKind.INSERT: ("{+", "+}"),
}


def plain_text(redline: Redline) -> str:
    """The changed clauses, each under its number and outcomes; empty if there are none."""
    return "\n\n".join("\n".join(_lines(change)) for change in redline.changed)


def marked(edits: Iterable[Edit]) -> str:
    """The text of both sides, with marks around what only one of them has."""
    return "".join(
        f"{opening}{edit.text}{end}" for edit in edits for opening, end in [_MARKS[edit.kind]]
    )


def _lines(change: ClauseChange) -> Iterator[str]:
    yield f"{_number(change)} ({', '.join(change.outcomes)})".lstrip()
    yield marked(change.edits)


def _number(change: ClauseChange) -> str:
    old = change.old.number if change.old else ""
    new = change.new.number if change.new else ""
    return f"{old} -> {new}" if old and new and old != new else new or old
