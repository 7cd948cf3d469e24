"""What an import found in a file, in the order of the file.

Line ranges count the file's lines from 1, both ends included. A page or Word
file has no lines: there each paragraph, heading, list item or cell counts as one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MAX_LEVEL = 9
MAX_HEADING = 1_000  # characters; a longer line is text

LineRange = tuple[int, int]


@dataclass(frozen=True)
class OutlineClause:
    """One clause as the file has it.

    level: 1 for the outermost, at most MAX_LEVEL. number: as printed, without the mark after it
    ("2.1", "A"), else empty; it is never made up. heading: plain text as
    printed, else empty. body: HTML; canonical in what read_outline returns.
    lines: heading and body, without the clauses beneath it. key: that the file
    carries, as our own pages do; else empty.
    """

    level: int
    number: str
    heading: str
    body: str
    lines: LineRange
    key: str = ""


@dataclass(frozen=True)
class Residue:
    """Text that is not part of the policy as far as can be told: a person decides."""

    lines: LineRange
    text: str


@dataclass(frozen=True)
class Finding:
    """Something in the file that a person should look at.

    code: one of lints.CODES. lines: where it stands. words: the words in question, or a count
    as digits; may be empty.
    """

    code: str
    lines: LineRange
    words: str = ""


@dataclass(frozen=True)
class Outline:
    """A file's contents.

    title: empty if the file prints none. metadata: what the file says about
    itself: amended_on and effective_on (ISO dates), organisation, language
    (two letters), and the plain values of a front matter block under their own
    names. copies: where the whole text stands, if it stands there more than
    once; the first is the one that was read. Otherwise empty. origins: where
    "title", "organisation", "front_matter", "amended_on" and "effective_on" stand, as
    far as the file has them.
    source: the file's lines as a person reads them; of a page or Word file each
    paragraph, heading, list item or cell is one. findings: what the reader
    itself came upon; lints.find() adds the rest.
    """

    title: str
    clauses: tuple[OutlineClause, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    residue: tuple[Residue, ...] = ()
    copies: tuple[LineRange, ...] = ()
    origins: Mapping[str, LineRange] = field(default_factory=dict)
    source: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def to_json(clauses: Iterable[OutlineClause]) -> list[dict[str, Any]]:
    """The clauses as JSON can hold them."""
    return [asdict(clause) for clause in clauses]


def from_json(values: Iterable[dict[str, Any]]) -> tuple[OutlineClause, ...]:
    """The reverse of to_json."""
    return tuple(OutlineClause(**(each | {"lines": tuple(each["lines"])})) for each in values)
