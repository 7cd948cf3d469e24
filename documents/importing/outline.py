"""What an import found in a file, in the order of the file.

Line ranges count the file's lines from 1, both ends included.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_LEVEL = 9
MAX_HEADING = 1_000  # characters; a longer line is text

LineRange = tuple[int, int]


@dataclass(frozen=True)
class OutlineClause:
    """One clause as the file has it.

    level: 1 for the outermost, at most MAX_LEVEL. number: as printed, without the mark after it
    ("2.1", "A"), else empty; it is never made up. heading: plain text as
    printed, else empty. body: HTML; canonical in what read_outline returns.
    lines: heading and body, without the clauses beneath it.
    """

    level: int
    number: str
    heading: str
    body: str
    lines: LineRange


@dataclass(frozen=True)
class Residue:
    """Text that is not part of the policy as far as can be told: a person decides."""

    lines: LineRange
    text: str


@dataclass(frozen=True)
class Outline:
    """A file's contents.

    title: empty if the file prints none. metadata: what the file says about
    itself: amended_on and effective_on (ISO dates), organisation, and the
    plain values of a front matter block under their own names. copies: where
    the whole text stands, if it stands there more than once; the first is the
    one that was read. Otherwise empty.
    """

    title: str
    clauses: tuple[OutlineClause, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    residue: tuple[Residue, ...] = ()
    copies: tuple[LineRange, ...] = ()
