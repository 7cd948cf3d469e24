"""The comparison as a whole: aligned clauses, and the edits of each."""

from collections.abc import Iterator, Sequence

from . import readable, words
from .align import Pair, align
from .vocabulary import ClauseChange, ClauseState, Edit, Outcome, Redline


def compare(old: Sequence[ClauseState], new: Sequence[ClauseState]) -> Redline:
    """What differs between two texts.

    old, new: their clauses in reading order. Deterministic; time is bounded,
    and where two long texts are unlike, whole sentences or clauses are shown
    as replaced. Raises ClauseTooLong.
    """
    effort = words.Effort()
    return Redline(tuple(_change(pair, effort) for pair in align(old, new)))


def _change(pair: Pair, effort: words.Effort) -> ClauseChange:
    old, new = pair.old, pair.new
    return ClauseChange(
        old=old,
        new=new,
        outcomes=tuple(_outcomes(pair)) or (Outcome.UNCHANGED,),
        heading_edits=_edits(old.heading if old else "", new.heading if new else "", effort),
        body_edits=_edits(old.body_text if old else "", new.body_text if new else "", effort),
    )


def _outcomes(pair: Pair) -> Iterator[Outcome]:
    old, new = pair.old, pair.new
    if old is None or new is None:
        yield Outcome.ADDED if old is None else Outcome.REMOVED
        return
    if old.body != new.body:
        is_same_text = old.body_text == new.body_text
        yield Outcome.FORMATTING if is_same_text else Outcome.CHANGED
    if old.heading != new.heading:
        yield Outcome.RETITLED
    if old.number != new.number:
        yield Outcome.RENUMBERED
    if pair.has_moved or old.level != new.level:
        yield Outcome.MOVED


def _edits(old: str, new: str, effort: words.Effort) -> tuple[Edit, ...]:
    return readable.edits(words.script(old, new, effort))
