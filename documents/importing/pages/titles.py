"""Finds what a page or fragment is called, and the publisher's name above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..numbers import split_heading_number
from ..outline import LineRange
from ..titles import split_title
from .blocks import Block
from .head import names_in
from .sections import lines_of


@dataclass(frozen=True)
class PageTop:
    """What stands at the top and is no clause. title_block: None where only the page's head has
    the title. above: the blocks that name the publisher.
    """

    title: str = ""
    title_block: Block | None = None
    above: tuple[Block, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return (*self.above, *((self.title_block,) if self.title_block else ()))

    @property
    def organisation(self) -> str:
        return " ".join(block.text for block in self.above)

    @property
    def origins(self) -> dict[str, LineRange]:
        """Where title and organisation stand."""
        origins = {"title": self.title_block.lines} if self.title_block else {}
        if self.above:
            origins["organisation"] = self.above[0].lines[0], self.above[-1].lines[1]
        return origins


def top_of(blocks: Sequence[Block], named: str, *, is_whole_page: bool) -> PageTop:
    """named: what the page's head calls it, else empty.

    A heading of the first rank is the title, in the text or above it. One of
    several only if nothing else is, or the page is named after it. The only
    heading of a page without a name is its title, that of a fragment is a
    clause's. A first paragraph is the title by the rules of plain text.
    """
    text = [block for block in blocks if block.is_text]
    heading = next((block for block in text if block.rank), None)
    is_alone = sum(block.rank > 0 for block in text) == 1 and heading is text[0]
    is_sole_name = is_whole_page and not named and is_alone
    if heading and (is_sole_name or _is_title(heading, text, named)):
        return PageTop(heading.text, heading)
    above = [
        block for block in takewhile(lambda block: not block.is_text, blocks) if block.rank == 1
    ]
    if above:
        return PageTop(above[-1].text, above[-1])
    printed = _printed_title(text)
    if printed.title and (not named or _is_named(printed.title, named)):
        return printed
    return PageTop(named)


def _is_title(heading: Block, text: Sequence[Block], named: str) -> bool:
    if _is_named(heading.text, named):
        return True
    is_numbered = heading.number or split_heading_number(heading.text)[0]
    tops = sum(block.rank == 1 for block in text)
    return heading.rank == 1 and (tops == 1 or not (named or is_numbered))


def _is_named(text: str, named: str) -> bool:
    return text.casefold() in {name.casefold() for name in (named, *names_in(named))}


def _printed_title(text: Sequence[Block]) -> PageTop:
    top = list(takewhile(lambda block: not (block.rank or block.is_compound), text))
    found = split_title(lines_of(top))
    at = len(top) - len(found.rest) - 1
    if not found.title or at < 0:  # or it is glued to a sentence
        return PageTop()
    return PageTop(found.title, top[at], tuple(top[:at]))
