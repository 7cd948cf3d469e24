"""Renumbering that follows from an insertion is one fact, not forty."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from .vocabulary import ClauseChange, Outcome, Redline


@dataclass(frozen=True, slots=True)
class Renumbering:
    """A run of clauses, one after another, that all have another number now."""

    first: ClauseChange
    last: ClauseChange
    count: int


def new_numbers(redline: Redline) -> Mapping[str, str]:
    """Old printed number → new one, of clauses on both sides whose old number only one had."""
    had = Counter(change.old.number for change in redline.changes if change.old)
    return {
        change.old.number: change.new.number
        for change in redline.changes
        if change.old and change.new and change.old.number != change.new.number
        if change.old.number and had[change.old.number] == 1
    }


def renumberings(redline: Redline) -> tuple[Renumbering, ...]:
    """The runs of renumbered clauses, in reading order; what was added or removed ends none."""
    kept = (change for change in redline.changes if change.old and change.new)
    runs = groupby(kept, lambda change: Outcome.RENUMBERED in change.outcomes)
    found = ([*run] for is_renumbered, run in runs if is_renumbered)
    return tuple(Renumbering(run[0], run[-1], len(run)) for run in found)
