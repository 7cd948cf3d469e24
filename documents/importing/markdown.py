"""Markdown to outline: its headings are the clauses' headings.

markdown-it-py reads it, by CommonMark with tables. Here its top-level blocks
become sections; headings inside a quotation or a list are text. A numbered
list stays one list in its clause.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from .about import About, about_itself
from .errors import NestedTooDeep, TooManyMarks
from .front_matter import split_front_matter
from .kinds import require_no_page
from .markdown_html import PARSER, html_of, is_hidden_html, plain_of
from .numbers import split_heading_number
from .outline import MAX_HEADING, Finding, LineRange, Outline, OutlineClause, Residue

MAX_MARKS = 100_000  # two hundred times those of a long policy; the parser takes 20 µs for each

_Block = list[Token]
_MARK = re.compile(r"[\[\]!*_`<&\\|]")


@dataclass
class _Section:
    """A heading, if there is one, and the blocks beneath it."""

    heading: _Block = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)


def read_markdown(source: Sequence[str]) -> Outline:
    """The outline of a Markdown text's lines; bodies are HTML, not yet canonical.

    The title is that of a first-level heading on top, else of the front matter.
    Raises NestedTooDeep, TooManyMarks and IsPage.
    """
    require_no_page(source)
    settings, size, lines = split_front_matter(source)
    blocks = list(_blocks(_tokens(lines)))
    shown = [block for block in blocks if not is_hidden_html(block[0])]
    title, printed, rest = _split_title(shown, settings.get("title", ""))
    said = _about_itself(shown, lines)
    # The text alone names a date ..._on; what it says about itself goes before the settings.
    kept = {name: value for name, value in settings.items() if not name.endswith("_on")}
    spans = {"title": _lines(printed, lines)} if printed else {}
    spans |= {"front_matter": (1, size)} if size else {}
    return Outline(
        title,
        tuple(_clauses(_sections(rest), lines)),
        {**kept, **said.metadata},
        tuple(_residue(block, lines) for block in blocks if is_hidden_html(block[0])),
        origins={**said.origins, **spans},
        source=tuple(source),
        findings=tuple(_left_out(shown, lines)),
    )


def _tokens(lines: Sequence[str]) -> list[Token]:
    """Raises NestedTooDeep where the parser would leave out what lies deeper."""
    text = "\n".join(lines)
    marks = len(_MARK.findall(text))
    if marks > MAX_MARKS:
        raise TooManyMarks(count=marks, limit=MAX_MARKS)
    tokens = PARSER.parse(text)
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


def _split_title(blocks: list[_Block], named: str) -> tuple[str, _Block, list[_Block]]:
    """(title, its heading, the blocks without it); named is what the front matter calls it.

    Several first-level headings under a named title are clauses, unless the
    first repeats the name.
    """
    at = next((at for at, block in enumerate(blocks) if _is_heading(block)), None)
    if at is None or blocks[at][0].tag != "h1":
        return named, [], blocks
    heading = plain_of(blocks[at][1])
    tops = sum(_is_heading(block) and block[0].tag == "h1" for block in blocks)
    if not heading or (named and tops > 1 and heading.casefold() != named.casefold()):
        return named, [], blocks
    return heading, blocks[at], blocks[:at] + blocks[at + 1 :]


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


def _about_itself(blocks: Iterable[_Block], lines: Sequence[str]) -> About:
    inlines = [(block, token) for block in blocks for token in block if token.type == "inline"]
    statements = [
        (plain_of(token), _lines(block, lines)) for block, token in inlines if token.level == 1
    ]
    return about_itself(statements, (plain_of(token) for _, token in inlines))


def _residue(block: _Block, lines: Sequence[str]) -> Residue:
    return Residue(_lines(block, lines), block[0].content.strip())


def _left_out(blocks: Iterable[_Block], lines: Sequence[str]) -> Iterator[Finding]:
    """What stands inside a clause and does not reach its body: pictures and comments."""
    for block in blocks:
        pieces = [piece for token in block for piece in (token, *(token.children or ()))]
        for piece in pieces:
            if piece.type == "image":
                yield Finding("images", _lines(block, lines), str(piece.attrs.get("src", "")))
            elif piece.type.startswith("html_") and "<img" in piece.content.lower():
                yield Finding("images", _lines(block, lines), piece.content.strip())
            elif is_hidden_html(piece):
                yield Finding("hidden_text", _lines(block, lines), piece.content.strip())
