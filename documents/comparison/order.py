"""Which clauses stayed in their order, and which moved past them."""

from collections.abc import Sequence

Places = list[int | None]  # for each new clause the index of its old one, or None
Chain = tuple[int, int]  # weight so far, and its last new clause; -1 when empty


def heaviest_order(places: Places, weights: Sequence[int]) -> set[int]:
    """The new clauses that keep the common order; all others with a place moved.

    The increasing subsequence of places with the greatest weight, so that a
    short clause that went past a long one is the one that moved.
    Source: Fredman 1975, doi:10.1016/0012-365X(75)90103-X, with weights.
    """
    heaviest = _HeaviestChain(1 + max((place for place in places if place is not None), default=0))
    before: dict[int, int] = {}
    for at, place in enumerate(places):
        if place is not None:
            weight, before[at] = heaviest.below(place)
            heaviest.put(place, (weight + weights[at], at))
    _, last = heaviest.below(heaviest.size)
    return set(_followed(before, last))


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
