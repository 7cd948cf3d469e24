"""Which clause of the old text is which clause of the new one.

A key decides. A clause without one, or whose key was lost, is known by its
text again; failing that by what most of its words, its heading and its
neighbours say (likeness.py). Where these are not enough nothing is guessed: a
clause shown as removed and added is a smaller harm than two provisions taken
for one.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from .likeness import Places, alike
from .order import heaviest_order
from .vocabulary import ClauseState


class How(StrEnum):
    """What says that two clauses are one."""

    KEY = "key"
    TEXT = "text"
    LIKENESS = "likeness"  # of words, headings, numbers and neighbours


class Pair(NamedTuple):
    """One clause on both sides; None where a side lacks it."""

    old: ClauseState | None
    new: ClauseState | None
    has_moved: bool = False

    @property
    def how(self) -> "How | None":
        """What says that both sides are one clause."""
        if not self.sides:
            return None
        old, new = self.sides
        if old.key and old.key == new.key:
            return How.KEY
        same_text = (old.heading, old.body) == (new.heading, new.body)
        return How.TEXT if same_text else How.LIKENESS

    @property
    def sides(self) -> tuple[ClauseState, ClauseState] | None:
        """(old, new) where it has both."""
        return (self.old, self.new) if self.old and self.new else None

    @property
    def is_unchanged(self) -> bool:
        """Whether both sides say the same under the same number, in the same place."""
        old, new = self.old, self.new
        return (
            old is not None
            and new is not None
            and not self.has_moved
            and old.body == new.body
            and old.heading == new.heading
            and old.number == new.number
            and old.level == new.level
        )


def align(old: Sequence[ClauseState], new: Sequence[ClauseState]) -> Iterator[Pair]:
    """Every clause of both sides once, in the new text's order.

    A removed clause follows the one, removed or in place, that it followed in
    the old text. What moved is as little text as can be.
    """
    head, tail = _same_ends(old, new)
    yield from map(Pair, old[:head], new[:head])
    yield from _aligned(old[head : len(old) - tail], new[head : len(new) - tail])
    yield from map(Pair, old[len(old) - tail :], new[len(new) - tail :])


def _same_ends(old: Sequence[ClauseState], new: Sequence[ClauseState]) -> tuple[int, int]:
    """How many clauses at the start, and at the end of what is left, are as they were."""
    limit = min(len(old), len(new))
    head = _count_same(zip(old, new, strict=False))
    return head, min(_count_same(zip(reversed(old), reversed(new), strict=False)), limit - head)


def _count_same(pairs: Iterable[tuple[ClauseState, ClauseState]]) -> int:
    same = 0
    for old, new in pairs:
        if old.body != new.body or old.heading != new.heading or old.key != new.key:
            break
        same += 1
    return same


def _aligned(old: Sequence[ClauseState], new: Sequence[ClauseState]) -> Iterator[Pair]:
    places = _places(old, new)
    in_place = heaviest_order(places, [len(clause.body) + 1 for clause in new])
    removed = _removed_after(len(old), set(places), {places[at] for at in in_place})
    yield from (Pair(old[gone], None) for gone in removed[None])
    for at, (place, clause) in enumerate(zip(places, new, strict=True)):
        if place is None:
            yield Pair(None, clause)
        elif at in in_place:
            yield Pair(old[place], clause)
            yield from (Pair(old[gone], None) for gone in removed.get(place, ()))
        else:
            yield Pair(old[place], clause, has_moved=True)


def _places(old: Sequence[ClauseState], new: Sequence[ClauseState]) -> Places:
    places: Places = [None] * len(new)
    for signature in (_key, _text):
        if None in places:
            _fill(places, old, new, signature)
    if None in places and len(set(places)) <= len(old):
        alike(places, old, new)
    return places


def _key(clause: ClauseState) -> Hashable:
    return clause.key


def _text(clause: ClauseState) -> Hashable:
    return (clause.heading, clause.body) if clause.heading or clause.body else None


def _fill(
    places: Places,
    old: Sequence[ClauseState],
    new: Sequence[ClauseState],
    signature: Callable[[ClauseState], Hashable],
) -> None:
    """Pairs what has the same signature. What several have goes first to whom it follows already.

    Otherwise repeated boilerplate would seem to move when one of it is removed.
    """
    taken = set(places)
    free: dict[Hashable, list[int]] = {}
    for index, clause in enumerate(old):
        if index not in taken and (mark := signature(clause)):
            free.setdefault(mark, []).append(index)
    wanted: dict[Hashable, list[int]] = {}
    for at, clause in enumerate(new):
        if places[at] is None and (mark := signature(clause)) in free:
            wanted.setdefault(mark, []).append(at)
    repeated = []
    for mark, found in wanted.items():
        if len(found) == len(free[mark]) == 1:
            places[found[0]] = free[mark][0]
        else:
            repeated.append((found, free[mark]))
    for found, left in repeated:
        _fill_repeated(places, found, left)


def _fill_repeated(places: Places, wanted: Sequence[int], free: Sequence[int]) -> None:
    left, waiting = dict.fromkeys(free), []
    for at in wanted:
        before = places[at - 1] if at else -1
        if before is not None and before + 1 in left:
            places[at] = before + 1
            del left[before + 1]
        else:
            waiting.append(at)
    for at, place in zip(waiting, left, strict=False):
        places[at] = place


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
