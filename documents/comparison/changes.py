"""The comparison as a whole: aligned clauses, and the edits of each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from documents import markup

from . import readable, words
from .align import Pair, align
from .families import Family, families, flipped, shared_out
from .strays import with_strays
from .vocabulary import ClauseChange, ClauseState, Edit, EditKind, Outcome, Redline

_UNCHANGED = (Outcome.UNCHANGED,)
_ADDED, _REMOVED = (Outcome.ADDED,), (Outcome.REMOVED,)


def compare(
    old: Sequence[ClauseState], new: Sequence[ClauseState], minimal: bool = False
) -> Redline:
    """What differs between two texts.

    old, new: their clauses in reading order. Deterministic; time is bounded,
    and where two long texts are unlike, lines, sentences or whole clauses are
    shown as replaced, and the change says that it is coarse.
    minimal: no word is marked that could stay, however it reads.
    """
    comparison = _Comparison(old, new, minimal)
    return Redline(tuple(with_strays(comparison.changes(), comparison.effort)))


class _Comparison:
    def __init__(
        self, old: Sequence[ClauseState], new: Sequence[ClauseState], minimal: bool
    ) -> None:
        self.pairs = [*align(old, new)]
        self.minimal = minimal
        self.effort = words.Effort()

    def changes(self) -> Iterator[ClauseChange]:
        related = self.related()
        for at, pair in enumerate(self.pairs):
            if pair.is_unchanged:
                yield ClauseChange(pair.old, pair.new, _UNCHANGED)
            else:
                yield related.get(at) or self.change(pair)

    def change(self, pair: Pair) -> ClauseChange:
        """What happened to a clause that is in no family."""
        if not pair.sides:
            return _one_sided(pair)
        old, new = pair.sides
        outcomes = tuple(_outcomes(pair))
        self.effort.is_short = False
        return ClauseChange(
            old,
            new,
            outcomes,
            self.edits(old.heading, new.heading) if old.heading != new.heading else None,
            self.edits(old.body_text, new.body_text) if old.body != new.body else None,
            is_coarse=self.effort.is_short,
        )

    def edits(self, old: str, new: str) -> tuple[Edit, ...]:
        return readable.edits(words.script(old, new, self.effort), self.minimal)

    def related(self) -> Mapping[int, ClauseChange]:
        """The changes of clauses that were split or merged, under the index of their pair."""
        return {
            at: change
            for family in families(self.pairs)
            for at, change in zip(family.members, self.family(family), strict=True)
        }

    def family(self, family: Family) -> Iterator[ClauseChange]:
        pairs = [self.pairs[at] for at in family.members]
        whole = self.pairs[family.whole]
        news = [pair.new for pair in pairs if pair.new]
        olds = [pair.old for pair in pairs if pair.old]
        self.effort.is_short = False
        edits = self.edits(
            "\n".join(clause.body_text for clause in olds),
            "\n".join(clause.body_text for clause in news),
        )
        if family.is_split:
            parts, kin = news, whole.old
        else:
            edits = flipped(edits)
            parts, kin = olds, whole.new
        lengths = [len(part.body_text) for part in parts]
        bodies = shared_out(edits, lengths, family.members.index(family.whole))
        outcome = Outcome.SPLIT if family.is_split else Outcome.MERGED
        for pair, body in zip(pairs, bodies, strict=True):
            others = tuple(part for part in parts if part not in (pair.old, pair.new))
            old, new = pair.old, pair.new
            yield ClauseChange(
                old,
                new,
                (outcome, *_outcomes(pair)) if pair is whole else (outcome,),
                self.edits(old.heading if old else "", new.heading if new else ""),
                body if family.is_split else flipped(body),
                others if pair is whole or not kin else (kin,),
                self.effort.is_short,
            )


def _one_sided(pair: Pair) -> ClauseChange:
    is_new = pair.new is not None
    kind = EditKind.INSERT if is_new else EditKind.DELETE
    change = ClauseChange(pair.old, pair.new, _ADDED if is_new else _REMOVED)
    heading, body = change.clause.heading, change.clause.body_text
    return change._replace(
        marked_heading=(Edit(kind, heading),) if heading else (),
        marked_body=(Edit(kind, body),) if body else (),
    )


def _outcomes(pair: Pair) -> Iterator[Outcome]:
    if not pair.sides:
        return
    old, new = pair.sides
    if old.body != new.body:
        yield from _body_outcomes(old, new)
    if old.heading != new.heading:
        yield Outcome.RETITLED
    if old.number != new.number:
        yield Outcome.RENUMBERED
    if pair.has_moved or old.level != new.level:
        yield Outcome.MOVED


def _body_outcomes(old: ClauseState, new: ClauseState) -> Iterator[Outcome]:
    """How the body differs: in words, in cells, in targets, and in form if in nothing else."""
    has_changed = old.body_text != new.body_text
    if has_changed:
        is_in_tables = "<table" in old.body and "<table" in new.body
        around = is_in_tables and markup.text_around_tables(old.body)
        is_in_tables = is_in_tables and around == markup.text_around_tables(new.body)
        yield Outcome.TABLE if is_in_tables else Outcome.CHANGED
    if _has_other_links(old.body, new.body, has_changed):
        yield Outcome.LINKED
    elif not has_changed:
        yield Outcome.FORMATTING


def _has_other_links(old: str, new: str, has_other_words: bool) -> bool:
    """Whether words lead elsewhere; where all words stand, also whether a link went or came."""
    if "<a " not in old and "<a " not in new:
        return False
    before, after = Counter(markup.links(old)), Counter(markup.links(new))
    gone, come = ({words for words, _ in side} for side in (before - after, after - before))
    return bool(gone & come) if has_other_words else bool(gone | come)
