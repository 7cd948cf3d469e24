"""Finds the lines that open a clause by what stands around them."""

from collections.abc import Sequence
from itertools import groupby

from .dates import stated_date
from .headings import MAX_WORDS, Opening, capital_words, numbered_opening, plain_opening
from .lines import LIST_INDENT, Line, ends_sentence

MAX_STACK = 3  # headings right under one another

Openings = list[Opening | None]


def find_openings(lines: Sequence[Line]) -> Openings:
    """For each line, how it opens a clause; None for a line of the clause before.

    The first line always opens one. So do a line that lost its heading and a
    last line that states the document's date.
    """
    openings = _printed_openings(lines)
    for at in _bare_lists(openings):
        openings[at] = None
    for at in _unheaded(lines, openings):
        openings[at] = openings[at] or Opening(rest=lines[at].text)
    return openings


def _printed_openings(lines: Sequence[Line]) -> Openings:
    capitals = capital_words(line.text for line in lines)
    openings: Openings = []
    is_listing = False
    for at, line in enumerate(lines):
        opening = None
        if not line.is_item and line.indent < LIST_INDENT:
            opening = numbered_opening(line.text, capitals)
            opening = opening or _plain_opening(lines, at, is_listing)
        openings.append(opening)
        is_listing = opening is None and _goes_on_listing(line, is_listing)
    return openings


def _plain_opening(lines: Sequence[Line], at: int, is_listing: bool) -> Opening | None:
    opening = plain_opening(lines[at].text)
    is_sure = opening and (opening.rest or _may_be_heading(lines, at, is_listing))
    return opening if is_sure else None


def _may_be_heading(lines: Sequence[Line], at: int, is_listing: bool) -> bool:
    """A heading has text after it, and does not answer a colon unless it heads a list.

    Nor does it stand right under a text with an empty line beneath itself.
    """
    if at + 1 == len(lines):
        return False
    after = lines[at + 1]
    is_tail = at > 0 and not lines[at].blanks and after.blanks > 0
    return not is_tail and (not is_listing or after.is_item)


def _goes_on_listing(line: Line, is_listing: bool) -> bool:
    """Whether the next line may still answer a colon, as the lines of an address do."""
    if line.text.endswith(":"):
        return True
    is_short = len(line.text.split(maxsplit=MAX_WORDS)) <= MAX_WORDS
    return is_listing and not line.is_item and is_short and not ends_sentence(line.text)


def _bare_lists(openings: Openings) -> list[int]:
    """Where many short lines follow one another: a list without bullets under its heading.

    Only the first of them is a heading; and the last, if it has text under it.
    """
    inside: list[int] = []
    is_bare = [bool(opening and not opening.number and not opening.rest) for opening in openings]
    for bare, group in groupby(range(len(openings)), key=is_bare.__getitem__):
        run = list(group)
        if bare and len(run) > MAX_STACK:
            has_text = run[-1] + 1 < len(openings) and openings[run[-1] + 1] is None
            inside += run[1:-1] if has_text else run[1:]
    return inside


def _unheaded(lines: Sequence[Line], openings: Openings) -> set[int]:
    if not lines:
        return set()
    last = len(lines) - 1
    is_dated = not lines[last].is_item and stated_date(lines[last].text)
    return {0, *_lost_headings(lines, openings), *([last] if is_dated else [])}


def _lost_headings(lines: Sequence[Line], openings: Openings) -> set[int]:
    """Where a heading was deleted with its number: two empty lines, and a gap in the numbers.

    After the last number there is no gap to see; two empty lines count there if
    they proved to mean a lost heading before.
    """
    lost: set[int] = set()
    marks: list[int] = []
    top = 0
    for at, (line, opening) in enumerate(zip(lines, openings, strict=True)):
        if opening and opening.number:
            now, *inner = map(int, opening.number.split("."))
            missing = now - top - (not inner)
            lost.update(marks if len(marks) <= missing else ())
            marks, top = [], now
        elif at and not opening and line.blanks >= 2 and not line.is_item:
            marks.append(at)
    return lost.union(marks) if lost else lost
