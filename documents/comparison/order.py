"""Which clauses stayed in their order, and which moved past them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .likeness import Places

Chain = tuple[int, int]  # weight so far, and its last block; -1 when empty


@dataclass(slots=True)
class _Block:
    """New clauses that follow one another in the old text too: they stay or move together."""

    members: list[int]
    rank: int  # of its first place among all places
    weight: int


def heaviest_order(places: Places, weights: Sequence[int]) -> set[int]:
    """The new clauses that keep the common order; all others with a place moved.

    The increasing subsequence of places with the greatest weight, so that a
    short clause that went past a long one is the one that moved.
    Source: Fredman 1975, doi:10.1016/0012-365X(75)90103-X, with weights.
    """
    blocks = [*_blocks(places, weights)]
    heaviest = _HeaviestChain(sum(place is not None for place in places))
    before: dict[int, int] = {}
    for at, block in enumerate(blocks):
        weight, before[at] = heaviest.below(block.rank)
        heaviest.put(block.rank, (weight + block.weight, at))
    _, last = heaviest.below(heaviest.size)
    return {member for at in _followed(before, last) for member in blocks[at].members}


def _blocks(places: Places, weights: Sequence[int]) -> Iterator[_Block]:
    known = [place for place in places if place is not None]
    ranks = {place: rank for rank, place in enumerate(sorted(known))}
    block = None
    for at, place in enumerate(places):
        if place is None:
            continue
        rank = ranks[place]
        if block and rank == block.rank + len(block.members):
            block.members.append(at)
            block.weight += weights[at]
            continue
        if block:
            yield block
        block = _Block([at], rank, weights[at])
    if block:
        yield block


def _followed(before: dict[int, int], last: int) -> list[int]:
    chain = []
    while last >= 0:
        chain.append(last)
        last = before[last]
    return chain


class _HeaviestChain:
    """The heaviest chain whose last place is below a bound, in logarithmic time.

    Source: Fenwick 1994, doi:10.1002/spe.4380240306, with maxima for sums.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._tree: list[Chain] = [(0, -1)] * (size + 1)

    def below(self, bound: int) -> Chain:
        best = (0, -1)
        while bound:
            best = max(best, self._tree[bound])
            bound -= bound & -bound
        return best

    def put(self, place: int, chain: Chain) -> None:
        place += 1
        while place <= self.size:
            self._tree[place] = max(self._tree[place], chain)
            place += place & -place
