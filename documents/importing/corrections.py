"""What a person corrects about the clauses that were found in a file.

Each function takes all clauses and returns them anew; no word is lost by any.
"""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from documents import markup

from .headings import is_heading
from .numbers import split_heading_number
from .outline import MAX_LEVEL, OutlineClause, Residue

Clauses = tuple[OutlineClause, ...]


def opened(
    clauses: Sequence[OutlineClause], at: int, *, level: int, number: str, heading: str
) -> Clauses:
    """With another level, number and heading for one clause."""
    clause = replace(clauses[at], level=level, number=number, heading=heading)
    return (*clauses[:at], clause, *clauses[at + 1 :])


def numbered(clauses: Sequence[OutlineClause]) -> Clauses:
    """With each clause numbered by its place and level ("2.1"), whatever the file prints.

    What has neither number nor heading, as a preamble, gets no number.
    """
    counts = [0] * MAX_LEVEL
    found = []
    for clause in clauses:
        if clause.number or clause.heading:
            counts[clause.level - 1] += 1
            counts[clause.level :] = [0] * (MAX_LEVEL - clause.level)
            number = ".".join(str(max(count, 1)) for count in counts[: clause.level])
            clause = replace(clause, number=number)
        found.append(clause)
    return tuple(found)


def joined(clauses: Sequence[OutlineClause], at: int) -> Clauses:
    """With the clause as the end of the one before it; number and heading become a paragraph.

    at: 1 or more.
    """
    before, clause = clauses[at - 1], clauses[at]
    opening = f"{clause.number} {clause.heading}".strip()
    paragraph = f"<p>{escape(opening)}</p>" if opening else ""
    lines = before.lines[0], max(before.lines[1], clause.lines[1])
    body = markup.canonical(before.body + paragraph + clause.body)
    whole = replace(before, body=body, lines=lines)
    return (*clauses[: at - 1], whole, *clauses[at + 1 :])


def split(clauses: Sequence[OutlineClause], at: int, block: int) -> Clauses:
    """With a new clause of the same level from one block of the body on.

    block: index among markup.blocks(body). A block that reads like a heading
    becomes that of the new clause.
    """
    clause, blocks = clauses[at], markup.blocks(clauses[at].body)
    first, text = "".join(blocks[:block]), markup.to_text(blocks[block])
    number, heading = split_heading_number(text)
    has_heading = "\n" not in text and is_heading(heading)
    rest = blocks[block + has_heading :]
    new = replace(
        clause,
        number=number if has_heading else "",
        heading=heading if has_heading else "",
        body="".join(rest),
        key="",
    )
    return (*clauses[:at], replace(clause, body=first), new, *clauses[at + 1 :])


def taken_in(clauses: Sequence[OutlineClause], residue: Residue) -> tuple[Clauses, int]:
    """With text that was left out as a clause of its own, where it stands in the file; its place.

    It has the level of the clause before it, and neither number nor heading.
    """
    first = residue.lines[0]
    before = [at for at, clause in enumerate(clauses) if clause.lines[0] <= first]
    at = before[-1] + 1 if before else 0
    paragraphs = (f"<p>{escape(line)}</p>" for line in residue.text.splitlines())
    body = markup.canonical("".join(paragraphs))
    level = clauses[at - 1].level if before else 1
    clause = OutlineClause(level, "", "", body, residue.lines)
    return (*clauses[:at], clause, *clauses[at:]), at


def holds(clauses: Sequence[OutlineClause], residue: Residue) -> bool:
    """Whether text that was left out has been taken in."""
    words = "".join(residue.text.split())
    return any(
        words in "".join(markup.to_text(clause.body).split())
        for clause in clauses
        if clause.lines[0] <= residue.lines[0] and residue.lines[1] <= clause.lines[1]
    )
