"""Pairs what two sequences have in common, in order and in one pass.

No smallest difference: where the two part, the nearer of the next meeting points is
taken. That is enough to find words again in their file, and it stays linear on
files that repeat one line a thousand times, on which difflib takes minutes.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence

MAX_SKIP = 200  # elements; a meeting point that is farther away is taken for chance

_Places = Mapping[Hashable, Sequence[int]]


def matches(one: Sequence[Hashable], other: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The places of equal elements, each place once and both sides ascending."""
    places, other_places = _places(one), _places(other)
    at = other_at = 0
    while at < len(one) and other_at < len(other):
        if one[at] == other[other_at]:
            yield at, other_at
            at, other_at = at + 1, other_at + 1
            continue
        skip = _distance(places, other[other_at], at)
        other_skip = _distance(other_places, one[at], other_at)
        if min(skip, other_skip) > MAX_SKIP:
            at, other_at = at + 1, other_at + 1
        elif skip <= other_skip:
            at += skip
        else:
            other_at += other_skip


def _places(elements: Sequence[Hashable]) -> _Places:
    places: dict[Hashable, list[int]] = {}
    for at, element in enumerate(elements):
        places.setdefault(element, []).append(at)
    return places


def _distance(places: _Places, element: Hashable, start: int) -> int:
    """How far after start the element stands next; beyond MAX_SKIP if nowhere."""
    found = places.get(element, ())
    nearest = bisect_left(found, start)
    return found[nearest] - start if nearest < len(found) else MAX_SKIP + 1
