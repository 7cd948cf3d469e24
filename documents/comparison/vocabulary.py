"""The words of a comparison, as frozen values."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property, total_ordering
from itertools import groupby

from documents import markup


class ClauseTooLong(ValueError):
    """A clause has more different words than the comparison can tell apart."""

    def __init__(self, words: int) -> None:
        super().__init__(f"two texts of a clause hold {words:,} different words, too many")
        self.words = words


class EditKind(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class Outcome(StrEnum):
    """What happened to a clause. Several may hold at once, in this order."""

    UNCHANGED = "unchanged"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # the words of the body
    FORMATTING = "formatting"  # the body's markup or a link's target, while its words stand
    RETITLED = "retitled"  # the heading
    RENUMBERED = "renumbered"
    MOVED = "moved"  # to another place in the order, or to another level


@total_ordering
class Significance(Enum):
    """How much a change matters, least first."""

    EDITORIAL = "editorial"
    MINOR = "minor"
    MATERIAL = "material"

    def __lt__(self, other: "Significance") -> bool:
        order = list(Significance)
        return order.index(self) < order.index(other)


@dataclass(frozen=True)
class ClauseState:
    """A clause as it stands in one text.

    key: permanent, unique in its text.
    level: 1 for the outermost. number: as printed, or empty. heading: plain
    text, or empty. body: canonical HTML (documents.markup), or empty.
    """

    key: str
    level: int
    number: str
    heading: str
    body: str

    @cached_property
    def body_text(self) -> str:
        return markup.to_text(self.body)

    @property
    def text(self) -> str:
        """Heading and body as plain text; what is empty leaves no line."""
        return "\n".join(part for part in (self.heading, self.body_text) if part)


@dataclass(frozen=True)
class Edit:
    """A piece of text that both sides have, or that one of them has."""

    kind: EditKind
    text: str


@dataclass(frozen=True)
class ClauseChange:
    """What happened to one clause; old is None if it was added, new if removed.

    heading_edits, body_edits: of the heading and of the body's plain text.
    Without the insertions they spell the old one, without the deletions the
    new one; a deletion stands before the insertion that replaces it.
    """

    old: ClauseState | None
    new: ClauseState | None
    outcomes: tuple[Outcome, ...]
    heading_edits: tuple[Edit, ...]
    body_edits: tuple[Edit, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of the clause's whole text, in the same order and manner."""
        line_break = _line_break(self.old), _line_break(self.new)
        kind = _BREAK_KINDS.get(line_break)
        breaks = (Edit(kind, "\n"),) if kind else ()
        return _joined(self.heading_edits + breaks + self.body_edits)

    @property
    def is_unchanged(self) -> bool:
        return self.outcomes == (Outcome.UNCHANGED,)


_BREAK_KINDS = {
    (True, True): EditKind.EQUAL,
    (True, False): EditKind.DELETE,
    (False, True): EditKind.INSERT,
}


def _line_break(clause: ClauseState | None) -> bool:
    return bool(clause and clause.heading and clause.body_text)


def _joined(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Between two equal pieces at most one deletion, then at most one insertion."""
    joined = []
    for _, group in groupby(edits, lambda edit: edit.kind is EditKind.EQUAL):
        run = list(group)
        texts = ((kind, "".join(e.text for e in run if e.kind is kind)) for kind in EditKind)
        joined += [Edit(kind, text) for kind, text in texts if text]
    return tuple(joined)


@dataclass(frozen=True)
class Redline:
    """Every clause of both texts, in the reading order of the new one.

    A removed clause stands after the clause that it followed.
    """

    changes: tuple[ClauseChange, ...]

    @property
    def changed(self) -> tuple[ClauseChange, ...]:
        return tuple(change for change in self.changes if not change.is_unchanged)

    @property
    def is_empty(self) -> bool:
        return not self.changed

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many clauses have each outcome; 0 for those that none has."""
        return Counter(outcome for change in self.changes for outcome in change.outcomes)


@dataclass(frozen=True)
class Proposal:
    """The significance that the core proposes for a change, and the codes of its reasons."""

    level: Significance
    reasons: tuple[str, ...]
