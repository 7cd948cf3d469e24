"""The folded tree as clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ..outline import MAX_LEVEL, OutlineClause
from .folding import PLACE, inner_html
from .roles import Paragraph
from .xml import Element

_TOKEN = re.compile(r"<[^>]*>|&[^;]+;|.", re.DOTALL)


@dataclass
class _Section:
    """opening: the paragraph that opens the clause; None for what stands before all clauses."""

    opening: Paragraph | None = None
    pieces: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    @property
    def body(self) -> str:
        return "".join(self.pieces)


def clauses_of(root: Element, paragraphs: Sequence[Paragraph]) -> Iterator[OutlineClause]:
    """A level is the number of openings of a higher rank that stand above; ranks may skip."""
    ranks: list[int] = []
    for section in _sections(root, paragraphs):
        it, lines = section.opening, (section.lines[0], section.lines[-1])
        if it is None:
            yield OutlineClause(1, "", "", section.body, lines)
        else:
            ranks = [*(above for above in ranks if above < it.rank), it.rank]
            level = min(len(ranks), MAX_LEVEL)
            yield OutlineClause(level, it.number, it.heading, section.body, lines)


def _sections(root: Element, paragraphs: Sequence[Paragraph]) -> Iterator[_Section]:
    section = _Section()
    for block in root:
        inside = [paragraphs[int(one.get(PLACE))] for one in block.iter() if one.get(PLACE)]
        it = inside[0] if block.tag == "p" else None
        if it and it.role == "clause":
            yield from [section] if section.lines else []
            section = _Section(it)
        etree.strip_attributes(block, PLACE)
        html = _html(block, it)
        section.pieces.append(html)
        if html or section.opening:
            section.lines += [one.look.line for one in inside if one.look.line]
    yield from [section] if section.lines else []


def _html(block: Element, it: Paragraph | None) -> str:
    """The block as HTML; of what goes to the outline's own fields only the notes are left."""
    if it and (it.heading or it.role in {"title", "organisation"}):
        return "".join(f"<p>{_whole(note)}</p>" for note in block.iter("small"))
    if it and it.typed:
        return f"<p>{_after(it.typed, inner_html(block))}</p>"
    return _whole(block)


def _whole(element: Element) -> str:
    html: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return html


def _after(count: int, html: str) -> str:
    """The HTML without its first characters; tags, and spaces between, are not counted."""
    kept: list[str] = []
    for token in _TOKEN.findall(html):
        if token.startswith("<") or count <= 0:
            kept.append(token)
        else:
            count -= not token.isspace()
    return "".join(kept)
