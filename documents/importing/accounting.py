"""Accounts for every line of an imported file: what became of it.

The proof that an import lost nothing, and the list that shows it to a person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .outline import LineRange, Outline
from .passages import LINK_TARGET, WORD, Passages, lines_of, passages_of

EMPTY = "empty"  # nothing but white space
COPY = "copy"  # of a further copy of the text, left out
RESIDUE = "residue"
FRONT_MATTER = "front_matter"
ORGANISATION = "organisation"
TITLE = "title"
METADATA = "metadata"  # a clause's text, of which the document's date was taken
HEADING = "heading"
ITEM = "item"
TABLE = "table"
TEXT = "text"
DECORATION = "decoration"  # no letter and no digit: a rule, a fence
MARKUP = "markup"  # words that no reader is shown: a link's target, a tag
FINDING = "finding"  # words that a reader left out and named, as those of a comment in a list
UNACCOUNTED = "unaccounted"  # most of its words went nowhere: a defect of the import
KINDS = (
    EMPTY, COPY, RESIDUE, FRONT_MATTER, ORGANISATION, TITLE, METADATA, HEADING, ITEM, TABLE, TEXT,
    DECORATION, MARKUP, FINDING, UNACCOUNTED,
)  # fmt: skip

_MARKUP = re.compile(
    r"^ {0,3}\[[^\]]+\]:\s.*"  # where a link leads
    r"|<!--.*|^.*-->|<[^<>]*>"
    r"|^[\s>*+-]*\d{1,9}[.)](?=\s*(?:<[^<>]*>\s*)*$)"  # the number of an empty item
    rf"|{LINK_TARGET.pattern}"
)
_BY_ORIGIN = (
    ("front_matter", FRONT_MATTER),
    ("organisation", ORGANISATION),
    ("title", TITLE),
    ("amended_on", METADATA),
    ("effective_on", METADATA),
)


@dataclass(frozen=True)
class Account:
    """What became of one line.

    line: from 1. kind: one of KINDS; what comes first, where a line holds two. clause: the
    index of the clause to which words of the line went; a title to which a
    sentence was glued has both.
    """

    line: int
    kind: str
    clause: int | None = None


@dataclass(frozen=True)
class LeftOut:
    """Copies of the text that were not read. characters: of all, line ends inside included."""

    copies: tuple[LineRange, ...]
    characters: int


def account(outline: Outline) -> tuple[Account, ...]:
    """One account for each line of outline.source, in order. Linear."""
    owners = _owners(outline)
    passages = passages_of(outline)
    named = {line.strip() for one in outline.findings for line in one.words.splitlines()}
    accounts = (
        _account(line, text, owners.get(line), passages)
        for line, text in enumerate(outline.source, 1)
    )
    return tuple(
        replace(one, kind=FINDING)
        if one.kind == UNACCOUNTED and outline.source[one.line - 1].strip() in named
        else one
        for one in accounts
    )


def left_out(outline: Outline) -> LeftOut:
    copies = outline.copies[1:]
    lines = outline.source
    characters = sum(len("\n".join(lines[first - 1 : last])) for first, last in copies)
    return LeftOut(copies, characters)


def _owners(outline: Outline) -> Mapping[int, str]:
    """The kind of each line that the outline names by its number; the first name counts."""
    ranges = [(COPY, lines) for lines in outline.copies[1:]]
    ranges += [(RESIDUE, residue.lines) for residue in outline.residue]
    ranges += [
        (kind, outline.origins[name]) for name, kind in _BY_ORIGIN if name in outline.origins
    ]
    owners: dict[int, str] = {}
    for kind, lines in ranges:
        for line in lines_of(lines):
            owners.setdefault(line, kind)
    return owners


def _account(line: int, text: str, owner: str | None, passages: Passages) -> Account:
    if not text.strip():
        return Account(line, EMPTY)
    read = len(WORD.findall(_MARKUP.sub("", text)))
    passage = passages.by_line.get(line) if 2 * passages.words[line] >= read else None
    if passage:
        return Account(line, owner or passage.kind, passage.clause)
    if owner or not WORD.search(text):
        return Account(line, owner or DECORATION)
    return Account(line, UNACCOUNTED if read else MARKUP)
