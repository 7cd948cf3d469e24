"""Plain text to outline.

    lines.py      paragraphs and list items
    languages.py  last lines that are no part of it
    titles.py     the title
    about.py      dates, publisher and language
    openings.py   where clauses begin, by the words of headings.py
    levels.py     how deep they stand
    bodies.py     what they say, as HTML

The rules come from reading real policies, most of them copied from web pages
and damaged on the way. None may lose a word: a line that fits no rule is a
paragraph of the clause before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .about import about_itself
from .bodies import body_html
from .kinds import require_no_page
from .languages import split_residue
from .levels import Section, with_levels
from .lines import Line, read_lines
from .openings import find_openings
from .outline import Outline, OutlineClause
from .titles import split_title


def read_text(source: Sequence[str]) -> Outline:
    """The outline of a text's lines; bodies are HTML, not yet canonical. Raises IsPage."""
    require_no_page(source)
    text, residue = split_residue(read_lines(source))
    top = split_title(text)
    statements = [(line.text, (line.first, line.last)) for line in text if not line.is_item]
    said = about_itself(statements, (line.text for line in text))
    clauses = tuple(_clause(level, section) for level, section in with_levels(_sections(top.rest)))
    return Outline(
        top.title,
        clauses,
        {**said.metadata, **({"organisation": top.organisation} if top.organisation else {})},
        residue,
        origins={**said.origins, **top.origins},
        source=tuple(source),
    )


def _sections(lines: Sequence[Line]) -> Iterator[Section]:
    starts = [(at, opening) for at, opening in enumerate(find_openings(lines)) if opening]
    ends = [*(at for at, _ in starts[1:]), len(lines)]
    for (start, opening), end in zip(starts, ends, strict=False):
        glued = [replace(lines[start], text=opening.rest)] if opening.rest else []
        yield Section(opening, lines[start].first, (*glued, *lines[start + 1 : end]))


def _clause(level: int, section: Section) -> OutlineClause:
    opening = section.opening
    last = section.lines[-1].last if section.lines else section.first
    body = body_html(section.lines)
    return OutlineClause(level, opening.number, opening.heading, body, (section.first, last))
