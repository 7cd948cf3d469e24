"""Which clauses are the same provision though neither key nor text says so.

Words are compared as sets, single and in pairs of neighbours. Most edited
clauses stand where they stood, so the neighbours of what is known are tried
first; the others are found by the pairs of words that few clauses have. The
best fit is taken first, and what fits badly stays alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, zip_longest
from operator import itemgetter

from .vocabulary import ClauseState

Places = list[int | None]  # for each new clause the index of its old one, or None
Words = frozenset[Hashable]

CERTAIN = 0.6  # share of words, between neighbours of what is known: taken at once
ALIKE = 0.4  # the least that makes two clauses one
SAME_HEADING = 0.2
SAME_NUMBER = 0.1
IN_PLACE = 0.1
COMMON = 8  # clauses that share two words in a row; more of them tell nothing
MAX_WORDS = 50_000  # of all clauses in search of their like: of long ones only the beginning
NEAR = 4  # clauses: so many removed in a row do not end the search among neighbours
KEPT = 64  # word sets of clauses that stand near one another

_WORD = re.compile(r"\w+")


def words_of(text: str, most: int | None = None) -> list[str]:
    return _WORD.findall(text.casefold())[:most]


def couples_of(words: Sequence[str]) -> Words:
    """Each word with the next one."""
    return frozenset(zip_longest(words, words[1:]))


def share(one: Words, other: Words) -> float:
    """Of the words of both that the two have in common, 0 to 1.

    Source: the coefficient of Dice 1945, doi:10.2307/1932409.
    """
    together = len(one) + len(other)
    return 2 * len(one & other) / together if together else 0


def alike(places: Places, old: Sequence[ClauseState], new: Sequence[ClauseState]) -> None:
    """Fills places where a new clause that has none is like an old one that nobody has."""
    search = _Search(places, old, new)
    search.beside(range(len(new)), 1)
    search.beside(range(len(new) - 1, -1, -1), -1)
    search.anywhere()
    for signature in (_title, _heading):
        search.by_unique(signature)


def _title(clause: ClauseState) -> Hashable:
    return clause.heading and (clause.number, clause.heading)


def _heading(clause: ClauseState) -> Hashable:
    return clause.heading


@dataclass(frozen=True, slots=True)
class Bag:
    """What is compared of a clause: its words, and each of them with the next one."""

    words: Words
    couples: Words

    def likeness(self, other: "Bag") -> float:
        return (share(self.words, other.words) + share(self.couples, other.couples)) / 2


def bag(words: Sequence[str]) -> Bag:
    return Bag(frozenset(words), couples_of(words))


class _Search:
    def __init__(
        self, places: Places, old: Sequence[ClauseState], new: Sequence[ClauseState]
    ) -> None:
        self.places, self.old, self.new = places, old, new
        self.free = set(range(len(old))).difference(place for place in places if place is not None)
        self.words = lru_cache(KEPT)(lambda clause: frozenset(clause.text.split()))

    def take(self, at: int, place: int) -> None:
        self.places[at] = place
        self.free.discard(place)

    def bonus(self, place: int, at: int) -> float:
        old, new = self.old[place], self.new[at]
        same_heading = SAME_HEADING if old.heading and old.heading == new.heading else 0
        return same_heading + (SAME_NUMBER if old.number and old.number == new.number else 0)

    def beside(self, order: Iterable[int], step: int) -> None:
        """Tries the next few old clauses after the last one whose place is known."""
        words = self.words
        before = -1 if step > 0 else len(self.old)
        for at in order:
            if (place := self.places[at]) is None:
                scored = [
                    (share(words(self.old[near]), words(self.new[at])) + self.bonus(near, at), near)
                    for near in range(before + step, before + step * (NEAR + 1), step)
                    if near in self.free
                ]
                likeness, place = max(scored, default=(0.0, -1), key=itemgetter(0))
                if likeness < CERTAIN:
                    continue
                self.take(at, place)
            before = place

    def anywhere(self) -> None:
        """The best fits first; between equals the one that moved least."""
        waiting = [at for at, place in enumerate(self.places) if place is None]
        if not waiting or not self.free:
            return
        most = max(MAX_WORDS // max(len(waiting), len(self.free)), 8)
        old = {place: bag(words_of(self.old[place].text, most)) for place in sorted(self.free)}
        new = {at: bag(words_of(self.new[at].text, most)) for at in waiting}
        scored = [
            (-likeness, abs(at - place), at, place)
            for place, at in self.candidates(old, new)
            if (likeness := old[place].likeness(new[at]) + self.bonus(place, at)) >= ALIKE
            or likeness + self.in_place(place, at) >= ALIKE
        ]
        for _, _, at, place in sorted(scored):
            if self.places[at] is None and place in self.free:
                self.take(at, place)

    def in_place(self, place: int, at: int) -> float:
        before = self.places[at - 1] if at else -1
        after = self.places[at + 1] if at + 1 < len(self.new) else len(self.old)
        return IN_PLACE * (before == place - 1) + IN_PLACE * (after == place + 1)

    def candidates(
        self, old: Mapping[int, Bag], new: Mapping[int, Bag]
    ) -> Iterator[tuple[int, int]]:
        """(old, new) that share words in a row which few have, or follow the same clause."""
        sought = frozenset().union(*(words.couples for words in new.values()))
        holders: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place, words in old.items():
            for couple in words.couples & sought:
                holders[couple].append(place)
        for at, words in new.items():
            few = [
                found for couple in words.couples if len(found := holders.get(couple, ())) <= COMMON
            ]
            counts = Counter(chain.from_iterable(few))
            best = nsmallest(COMMON, counts, key=lambda place: (-counts[place], place))
            before = self.places[at - 1] if at else -1
            near = {before + 1} & self.free if before is not None else set()
            yield from ((place, at) for place in {*best, *near})

    def by_unique(self, signature: Callable[[ClauseState], Hashable]) -> None:
        """Pairs what only one clause on either side is called."""
        waiting = [at for at, place in enumerate(self.places) if place is None]
        old = Counter(signature(self.old[place]) for place in self.free)
        new = Counter(signature(self.new[at]) for at in waiting)
        found = {signature(self.old[place]): place for place in self.free}
        for at in waiting:
            mark = signature(self.new[at])
            if mark and old[mark] == new[mark] == 1:
                self.take(at, found[mark])
