"""Blocks to clauses.

As our own pages mark them, else by headings, else by bold paragraphs, else by the rules
of plain text.
"""

import re
from collections.abc import Iterator, Sequence

from ..dates import stated_date
from ..headings import MAX_WORDS_NUMBERED, Opening
from ..levels import Section, with_levels
from ..lines import Line
from ..numbers import split_heading_number
from ..openings import Openings, find_openings
from ..outline import MAX_LEVEL, OutlineClause
from .blocks import Block
from .marked import marked_clauses

MIN_BOLD = 2  # bold headings; a single one may only stress what it says

_TOKEN = re.compile(r"<[^>]*>|&[^;]+;|.", re.DOTALL)


def clauses_of(blocks: Sequence[Block]) -> tuple[OutlineClause, ...]:
    """blocks: those of the text, without the title's."""
    if any(block.clause for block in blocks):
        return tuple(marked_clauses(blocks))
    if any(block.rank for block in blocks):
        return tuple(_by_headings(blocks))
    return tuple(_by_openings(blocks, _bold_openings(blocks) or find_openings(lines_of(blocks))))


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """The blocks as lines of plain text; a list or table is one item."""
    return [
        Line(*block.lines, 1, 0, "•" if block.is_compound else "", block.text) for block in blocks
    ]


def _by_headings(blocks: Sequence[Block]) -> Iterator[OutlineClause]:
    """A level is the number of headings of a higher rank that stand above; ranks may skip."""
    ranks: list[int] = []
    for first, *others in _groups(blocks, [block.rank > 0 for block in blocks]):
        ranks = [rank for rank in ranks if rank < first.rank]
        number, heading, html = "", "", first.html
        if first.rank:
            ranks.append(first.rank)
            number, heading = split_heading_number(first.text)
            number, html = number or first.number, ""
        level = min(max(len(ranks), 1), MAX_LEVEL)
        yield _clause(level, number, heading, html, [first, *others])


def _bold_openings(blocks: Sequence[Block]) -> Openings:
    """Where bold paragraphs open clauses; empty if there are too few of them."""
    openings: Openings = [_bold_opening(block) for block in blocks]
    if sum(opening is not None for opening in openings) < MIN_BOLD:
        return []
    openings[0] = openings[0] or Opening(rest=blocks[0].text)
    return openings


def _bold_opening(block: Block) -> Opening | None:
    is_short = len(block.text.split()) <= MAX_WORDS_NUMBERED
    if block.is_compound or not block.is_bold or not is_short or stated_date(block.text):
        return None
    number, heading = split_heading_number(block.text)
    is_sentence = heading.endswith((".", "!", ",", ";")) and not number
    return None if is_sentence else Opening(number, heading)


def _by_openings(blocks: Sequence[Block], openings: Openings) -> Iterator[OutlineClause]:
    groups = list(_groups(blocks, [opening is not None for opening in openings]))
    opened = [opening for opening in openings if opening]
    sections = (
        Section(
            opening, first.lines[0], tuple(lines_of([*([first] if opening.rest else []), *others]))
        )
        for opening, (first, *others) in zip(opened, groups, strict=True)
    )
    for (level, section), group in zip(with_levels(sections), groups, strict=True):
        opening = section.opening
        html = _end_of(group[0], opening.rest) if opening.rest else ""
        yield _clause(level, opening.number, opening.heading, html, group)


def _groups(blocks: Sequence[Block], opens: Sequence[bool]) -> Iterator[list[Block]]:
    """Each block that opens a clause, with those after it; what comes before is a group too."""
    group: list[Block] = []
    for block, does_open in zip(blocks, opens, strict=True):
        if does_open and group:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _clause(
    level: int, number: str, heading: str, html: str, group: Sequence[Block]
) -> OutlineClause:
    body = html + "".join(block.html for block in group[1:])
    return OutlineClause(level, number, heading, body, (group[0].lines[0], group[-1].lines[1]))


def _end_of(block: Block, rest: str) -> str:
    """The block's HTML from where the rest of its text begins."""
    left = sum(map(len, block.text.split())) - sum(map(len, rest.split()))
    kept: list[str] = []
    for token in _TOKEN.findall(block.html):
        if token.startswith("<") or left <= 0:
            kept.append(token)
        else:
            left -= not token.isspace()
    return "".join(kept)
