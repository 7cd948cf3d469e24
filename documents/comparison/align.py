"""Which clause of the old text is which clause of the new one.

A key decides. A clause whose key was lost is known by its text again, if not a
letter of it changed. Nothing else is guessed: a clause shown as removed and
added is a smaller harm than two provisions taken for one.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from .order import Places, heaviest_order
from .vocabulary import ClauseState


@dataclass(frozen=True)
class Pair:
    """One clause on both sides; None where a side lacks it."""

    old: ClauseState | None
    new: ClauseState | None
    has_moved: bool = False


def align(old: Sequence[ClauseState], new: Sequence[ClauseState]) -> Iterator[Pair]:
    """Every clause of both sides once, in the new text's order.

    A removed clause follows the one, removed or in place, that it followed in
    the old text. What moved is as little text as can be.
    """
    places = _places(old, new)
    in_place = heaviest_order(places, [len(clause.text) + 1 for clause in new])
    removed = _removed_after(len(old), set(places), {places[at] for at in in_place})
    yield from (Pair(old[gone], None) for gone in removed[None])
    for at, (place, clause) in enumerate(zip(places, new, strict=True)):
        before = None if place is None else old[place]
        yield Pair(before, clause, has_moved=before is not None and at not in in_place)
        if at in in_place:
            yield from (Pair(old[gone], None) for gone in removed[place])


def _places(old: Sequence[ClauseState], new: Sequence[ClauseState]) -> Places:
    places: Places = [None] * len(new)
    for signature in (_key, _text):
        _fill(places, old, new, signature)
    return places


def _key(clause: ClauseState) -> Hashable:
    return clause.key


def _text(clause: ClauseState) -> Hashable:
    return (clause.heading, clause.body) if clause.text else None


def _fill(
    places: Places,
    old: Sequence[ClauseState],
    new: Sequence[ClauseState],
    signature: Callable[[ClauseState], Hashable],
) -> None:
    taken = set(places)
    free: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for index, clause in enumerate(old):
        if index not in taken:
            free[signature(clause)].append(index)
    for at, clause in enumerate(new):
        mark = signature(clause)
        if places[at] is None and mark and free[mark]:
            places[at] = free[mark].popleft()


def _removed_after(
    size: int, taken: set[int | None], in_place: set[int | None]
) -> defaultdict[int | None, list[int]]:
    """The removed old clauses under the one in place that stood before them, None at the top."""
    removed: defaultdict[int | None, list[int]] = defaultdict(list)
    anchor = None
    for index in range(size):
        if index in in_place:
            anchor = index
        elif index not in taken:
            removed[anchor].append(index)
    return removed
