"""The words of a comparison, as frozen values."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property, total_ordering
from itertools import groupby
from typing import NamedTuple, cast

from documents import markup


class EditKind(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class Outcome(StrEnum):
    """What happened to a clause. Several may hold at once, in this order."""

    UNCHANGED = "unchanged"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"  # one clause has become several; each of them has this outcome
    MERGED = "merged"  # several clauses have become one; each of them has this outcome
    CHANGED = "changed"  # the words of the body
    TABLE = "table"  # of the body's words only those in the cells of its tables
    LINKED = "linked"  # where its words lead, or whether they lead anywhere
    FORMATTING = "formatting"  # the body's markup, while its words stand
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

    key: permanent, unique in its text; empty if the clause has none yet.
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


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of text that both sides have, or that one of them has.

    is_moved: a deletion that stands in another clause now, beside this one or of
    the same split or merge, or an insertion that stood in one.
    """

    kind: EditKind
    text: str
    is_moved: bool = False


class ClauseChange(NamedTuple):  # one for every clause, and made in a third of the time
    """What happened to one clause; old is None if it was added, new if removed.

    marked_heading, marked_body: the edits of either where it differs, else
    None; `heading_edits` and `body_edits` have them in any case.
    kin: the other clauses of a split or merge, as they stand on the other
    side: what this one was split into or merged from, or what it came from.
    is_coarse: the clause was too long, or too unlike, to be compared word by word.
    """

    old: ClauseState | None
    new: ClauseState | None
    outcomes: tuple[Outcome, ...]
    marked_heading: tuple[Edit, ...] | None = None
    marked_body: tuple[Edit, ...] | None = None
    kin: tuple[ClauseState, ...] = ()
    is_coarse: bool = False

    @property
    def clause(self) -> ClauseState:
        """As it is in the new text; as it was, if it was removed."""
        return cast(ClauseState, self.new or self.old)

    @property
    def heading_edits(self) -> tuple[Edit, ...]:
        """Of the heading. Without the insertions they spell the old one, without the
        deletions the new one; a deletion stands before the insertion that replaces it.
        """
        return _equal(self.clause.heading) if self.marked_heading is None else self.marked_heading

    @property
    def body_edits(self) -> tuple[Edit, ...]:
        """Of the body's plain text, in the same manner."""
        return _equal(self.clause.body_text) if self.marked_body is None else self.marked_body

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Of the clause's whole text, in the same manner."""
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


def _equal(text: str) -> tuple[Edit, ...]:
    return (Edit(EditKind.EQUAL, text),) if text else ()


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

    @cached_property
    def has_moved_words(self) -> bool:
        """Whether words went from one clause into another."""
        return any(edit.is_moved for change in self.changes for edit in change.marked_body or ())

    @cached_property
    def new_numbers(self) -> Mapping[str, str]:
        """Old printed number → new one, of clauses on both sides whose old number only one had."""
        had = self._old_numbers
        return {
            change.old.number: change.new.number
            for change in self.changes
            if change.old and change.new and change.old.number != change.new.number
            if had[change.old.number] == 1
        }

    @cached_property
    def lost_numbers(self) -> Mapping[str, ClauseChange]:
        """Old printed number that only one clause had → that clause, gone or renumbered."""
        had, renumbered = self._old_numbers, self.new_numbers
        return {
            change.old.number: change
            for change in self.changes
            if change.old and had[change.old.number] == 1
            if change.new is None or change.old.number in renumbered
        }

    @cached_property
    def _old_numbers(self) -> Counter[str]:
        return Counter(c.old.number for c in self.changes if c.old and c.old.number)

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many clauses have each outcome; 0 for those that none has."""
        return Counter(outcome for change in self.changes for outcome in change.outcomes)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a change has its significance.

    code: one of significance.REASONS. old, new: the words that tell, as they
    stand in the texts; empty where there are none.
    """

    code: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The significance that the core proposes for a change.

    reasons: gravest first. tags: what the change is about, of significance.TAGS.
    """

    level: Significance
    reasons: tuple[Reason, ...]
    tags: tuple[str, ...] = ()
