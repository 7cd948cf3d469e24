"""An import laid beside its file: each clause with its lines, and what becomes of the draft."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from documents.actions.accept_import import identities, seen_sha256
from documents.comparison import ClauseChange, ClauseState, Outcome, compare
from documents.importing import lints
from documents.importing.corrections import holds
from documents.importing.matching import state_of
from documents.importing.outline import Finding, LineRange, from_json

MAX_DOUBTS = 100  # asked about at once
MAX_OPTIONS = 2_000  # of all lists of clauses on one page
ORIGINS = ("title", "organisation", "front_matter")
PLACE = {Outcome.MOVED, Outcome.RENUMBERED}


@dataclass(frozen=True)
class Part:
    """Lines of the file of one kind, with their numbers.

    kind: one of importing.PART_WORDS; "" for all that is not known to be anything else.
    """

    kind: str
    range: LineRange
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Row:
    """A clause with the parts of the file that it was read from; or parts that are in none.

    at: the place of the clause. change: of the clause of the draft that it is; None for a new
    one. candidate: the one of the draft that it may be, while nobody has decided.
    """

    anchor: str
    lines: LineRange
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    at: int | None = None
    clause: ClauseState | None = None
    change: ClauseChange | None = None
    candidate: ClauseState | None = None

    @property
    def is_new(self):
        return self.clause is not None and self.change is None and self.candidate is None

    @property
    def shown_change(self):
        """What differs from the clause of the draft that it is or may be, if any."""
        return self.redline if self.candidate else self.change

    @cached_property
    def redline(self):
        """How the candidate would change."""
        new = replace(self.clause, key=self.candidate.key)
        return compare([self.candidate], [new]).changes[0]


class ImportReview:
    """All that a person looks at before a file becomes the draft.

    outline: of the file, read anew. states: of the draft.
    """

    def __init__(self, imported, outline, states):
        self.clauses = from_json(imported.outline)
        self.outline = replace(outline, clauses=self.clauses)
        self.states = states
        self.identities = identities(self.clauses, states, imported.choices)
        self.base, self.seen = imported.outline_sha256, seen_sha256(imported, states)

    @cached_property
    def rows(self):
        """The file from its first line to its last, but for empty lines between clauses."""
        spans, kinds = [*_spans(self.outline)], _kinds(self.outline)
        found = _by_span(self.findings, spans)
        rows = [
            self.row(at, lines, tuple(_parts(self.outline, lines, kinds)), tuple(here))
            for (at, lines), here in zip(spans, found, strict=True)
        ]
        return [row for row in rows if row.clause or row.parts or row.findings]

    def row(self, at, lines, parts, findings):
        if at is None:
            return Row(f"line-{lines[0]}", lines, parts, findings)
        clause, identity = self.clauses[at], self.identities[at]
        return Row(
            f"clause-{at}",
            clause.lines,
            parts,
            findings,
            at,
            state_of(clause),
            self.changes.get(identity.key),
            identity.doubt and self.by_key[identity.doubt.key],
        )

    @cached_property
    def by_key(self):
        return {state.key: state for state in self.states}

    @cached_property
    def changes(self):
        """Key → ClauseChange of each clause of the draft that is kept."""
        new = [
            replace(state_of(clause), key=identity.key or f"new {at}")
            for at, (clause, identity) in enumerate(zip(self.clauses, self.identities, strict=True))
        ]
        return {each.new.key: each for each in compare(self.states, new).changes if each.new}

    @cached_property
    def findings(self):
        return lints.find(self.outline)

    @property
    def checks_skipped(self):
        """How many kinds of finding are not looked for in the language of this text."""
        return len(lints.skipped(self.outline))

    @property
    def located_findings(self):
        """(finding, anchor of its row) of each."""
        return [(finding, row.anchor) for row in self.rows for finding in row.findings]

    @property
    def left_out(self):
        """(place, Residue) of each text that nobody has taken in."""
        return [
            (at, each)
            for at, each in enumerate(self.outline.residue)
            if not holds(self.clauses, each)
        ]

    @property
    def further_copies(self):
        return self.outline.copies[1:]

    @cached_property
    def doubts(self):
        return [row for row in self.rows if row.candidate]

    @property
    def doubts_asked(self):
        return self.doubts[:MAX_DOUBTS]

    @property
    def doubts_left(self):
        return len(self.doubts) - len(self.doubts_asked)

    @cached_property
    def new_rows(self):
        return [row for row in self.rows if row.is_new]

    @property
    def rows_to_choose(self):
        """The new clauses, where a list of what is gone fits beside each."""
        options = len(self.new_rows) * len(self.free)
        return self.new_rows if 0 < options <= MAX_OPTIONS else []

    @cached_property
    def free(self):
        """The clauses of the draft that no clause of the file is, as far as is decided."""
        kept = {each.key for each in self.identities}
        return [state for state in self.states if state.key not in kept]

    @cached_property
    def gone(self):
        asked = {row.candidate.key for row in self.doubts}
        return [state for state in self.free if state.key not in asked]

    @cached_property
    def counts(self):
        """How many clauses there are, are kept, are as in the draft, and so on."""
        kept = [row.change for row in self.rows if row.change]
        same = sum(change.is_unchanged for change in kept)
        moved = sum(set(change.outcomes) <= PLACE for change in kept)
        return {
            "total": len(self.clauses),
            "kept": len(kept),
            "same": same,
            "moved": moved,
            "edited": len(kept) - same - moved,
            "added": len(self.new_rows),
            "doubtful": len(self.doubts),
            "gone": len(self.gone),
        }


def _spans(outline):
    """(place of a clause or None, lines) from the first line to the last; every line once.

    A clause that begins on lines of the one before it, as after a split, may be left with none.
    """
    reached = 0
    for at, clause in enumerate(outline.clauses):
        first, last = clause.lines
        if first > reached + 1:
            yield None, (reached + 1, first - 1)
        yield at, (max(first, reached + 1), last)
        reached = max(reached, last)
    end = max([len(outline.source), *(last for _, last in outline.copies[1:])])
    if end > reached:
        yield None, (reached + 1, end)


def _kinds(outline):
    """Line → what it is, for lines that are no clause's text."""
    ranges = [(outline.origins[kind], kind) for kind in ORIGINS if kind in outline.origins]
    left_out = (each for each in outline.residue if not holds(outline.clauses, each))
    ranges += [(each.lines, "residue") for each in left_out]
    ranges += [(lines, "copy") for lines in outline.copies[1:]]
    return {line: kind for (first, last), kind in ranges for line in range(first, last + 1)}


def _parts(outline, lines, kinds):
    """The lines of a span that say something, by kind. A copy's are not shown once more."""
    first, last = lines
    numbered = [
        (at, outline.source[at - 1] if at <= len(outline.source) else "")
        for at in range(first, last + 1)
    ]
    for kind, group in groupby(numbered, lambda line: kinds.get(line[0], "")):
        group = [*group]
        said = [line for line in group if line[1].strip()]
        if said or kind:
            yield Part(kind, (group[0][0], group[-1][0]), tuple(said) if kind != "copy" else ())


def _by_span(findings, spans):
    """For each span the findings that begin on its lines; the last span has what begins on none."""
    found = [[] for _ in spans]
    spans_of = {
        line: at for at, (_, (first, last)) in enumerate(spans) for line in range(first, last + 1)
    }
    for finding in findings:
        found[spans_of.get(finding.lines[0], -1)].append(finding)
    return found
