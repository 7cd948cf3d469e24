"""What a page consists of, once its divisions are looked through."""

from dataclasses import dataclass

from ..outline import Finding, LineRange


@dataclass(frozen=True)
class Marked:
    """What a page of ours says of a clause in the markup around it."""

    key: str
    level: int
    number: str


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, or a whole list or table.

    rank: of a heading, from 1; otherwise 0. number: what a list counted for a
    heading that opens one of its items. html: as it may stand in a body, not
    yet canonical. text: its lines, joined by newlines. is_text: False for what
    is left out. is_bold: all of it. is_compound: a list or table. clause: the one that it
    stands in, on a page of ours.
    """

    rank: int
    number: str
    html: str
    text: str
    lines: LineRange
    is_text: bool
    is_bold: bool = False
    is_compound: bool = False
    clause: Marked | None = None


@dataclass(frozen=True)
class PageBlocks:
    """blocks: in reading order. source: the page's lines, which the blocks' ranges count from 1.

    is_pictures: whether the text has pictures and, headings aside, no words.
    findings: pictures in the text, and what is hidden or struck out in it.
    """

    blocks: tuple[Block, ...]
    source: tuple[str, ...]
    is_pictures: bool
    findings: tuple[Finding, ...]
