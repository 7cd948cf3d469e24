"""Markdown to outline: its headings are the clauses' headings.

markdown-it-py reads it, by CommonMark with tables. Here its top-level blocks
become sections; headings inside a quotation or a list are text. A numbered
list stays one list in its clause.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from .dates import stated_dates
from .errors import NestedTooDeep
from .front_matter import split_front_matter
from .markdown_html import PARSER, html_of, is_hidden_html, plain_of
from .numbers import split_heading_number
from .outline import MAX_HEADING, LineRange, Outline, OutlineClause, Residue

_Block = list[Token]


@dataclass
class _Section:
    """A heading, if there is one, and the blocks beneath it."""

    heading: _Block = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)


def read_markdown(source: Sequence[str]) -> Outline:
    """The outline of a Markdown text's lines; bodies are HTML, not yet canonical.

    The title is that of a first-level heading on top, else of the front matter.
    Raises NestedTooDeep.
    """
    settings, lines = split_front_matter(source)
    blocks = list(_blocks(_tokens(lines)))
    shown = [block for block in blocks if not is_hidden_html(block[0])]
    title, rest = _split_title(shown, settings.get("title", ""))
    return Outline(
        title,
        tuple(_clauses(_sections(rest), lines)),
        _metadata(settings, shown),
        tuple(_residue(block, lines) for block in blocks if is_hidden_html(block[0])),
    )


def _tokens(lines: Sequence[str]) -> list[Token]:
    """Raises NestedTooDeep where the parser would leave out what lies deeper."""
    tokens = PARSER.parse("\n".join(lines))
    deepest = PARSER.options["maxNesting"] - 1
    if any(token.nesting == 1 and token.level >= deepest for token in tokens):
        raise NestedTooDeep
    return tokens


def _blocks(tokens: Iterable[Token]) -> Iterator[_Block]:
    block: _Block = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _is_heading(block: _Block) -> bool:
    return block[0].type == "heading_open" and len(block[1].content) <= MAX_HEADING


def _split_title(blocks: list[_Block], named: str) -> tuple[str, list[_Block]]:
    """(title, the blocks without its heading); named is what the front matter calls it.

    Several first-level headings under a named title are clauses, unless the
    first repeats the name.
    """
    at = next((at for at, block in enumerate(blocks) if _is_heading(block)), None)
    if at is None or blocks[at][0].tag != "h1":
        return named, blocks
    heading = plain_of(blocks[at][1])
    tops = sum(_is_heading(block) and block[0].tag == "h1" for block in blocks)
    if not heading or (named and tops > 1 and heading.casefold() != named.casefold()):
        return named, blocks
    return heading, blocks[:at] + blocks[at + 1 :]


def _sections(blocks: Iterable[_Block]) -> list[_Section]:
    sections = [_Section()]
    for block in blocks:
        if _is_heading(block):
            sections.append(_Section(block))
        else:
            sections[-1].blocks.append(block)
    return sections


def _clauses(sections: Iterable[_Section], lines: Sequence[str]) -> Iterator[OutlineClause]:
    """A level is the number of headings of a higher rank that stand above; ranks may skip."""
    ranks: list[str] = []
    for section in sections:
        if not section.heading and not section.blocks:
            continue
        number = heading = ""
        if section.heading:
            rank = section.heading[0].tag
            ranks = [*(above for above in ranks if above < rank), rank]
            number, heading = split_heading_number(plain_of(section.heading[1]))
        tokens = [token for block in section.blocks for token in block]
        span = _lines([*section.heading, *tokens], lines)
        yield OutlineClause(max(len(ranks), 1), number, heading, html_of(tokens), span)


def _lines(tokens: Sequence[Token], lines: Sequence[str]) -> LineRange:
    spans = [token.map for token in tokens if token.map]
    start, end = spans[0][0], max(span[1] for span in spans)
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return start + 1, end


def _metadata(settings: dict[str, str], blocks: Iterable[_Block]) -> dict[str, str]:
    """The settings, and the dates that the text states; these alone name a date ..._on."""
    texts = (plain_of(block[1]) for block in blocks if block[0].type == "paragraph_open")
    kept = {name: value for name, value in settings.items() if not name.endswith("_on")}
    return kept | stated_dates(texts)


def _residue(block: _Block, lines: Sequence[str]) -> Residue:
    return Residue(_lines(block, lines), block[0].content.strip())
