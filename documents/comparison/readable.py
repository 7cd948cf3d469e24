"""Makes the smallest script one that people like to read.

The smallest script keeps every word that happens to stand on both sides: a
rewritten sentence comes out as confetti. Here a change starts where a sentence
or word starts, and what little stands unchanged inside a rewrite goes with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .vocabulary import Edit, EditKind
from .words import Step, is_word

FRAGMENT = 4  # marked words that a reader takes as one more mark to look at
MAX_LETTERS = 80  # of an island
MAX_ISLAND = FRAGMENT - 1  # words: at best a mark fewer on either side, for twice the words


@dataclass(slots=True)
class _Hunk:
    """What stays, then what takes the place of what; tokens."""

    equal: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)

    @property
    def sides(self) -> tuple[bool, bool]:
        """Whether it takes out, and whether it puts in."""
        return bool(self.deleted), bool(self.inserted)


def edits(steps: Iterable[Step], minimal: bool = False) -> tuple[Edit, ...]:
    """The steps as edits in reading order, a deletion before its insertion.

    Neighbours differ in kind; none is empty. Both texts stay what they were.
    minimal: no word is marked that could stay, however it reads.
    """
    hunks = [*_hunks(steps), _Hunk()]
    for before, after in pairwise(hunks):
        _slide(before, after)
    return tuple(_edits(hunks if minimal else _without_islands(hunks)))


def _hunks(steps: Iterable[Step]) -> Iterator[_Hunk]:
    hunk = _Hunk()
    for kind, step in steps:
        if kind is EditKind.DELETE:
            hunk.deleted += step
        elif kind is EditKind.INSERT:
            hunk.inserted += step
        elif step:
            if hunk.deleted or hunk.inserted:
                yield hunk
                hunk = _Hunk()
            hunk.equal += step
    yield hunk


def _slide(hunk: _Hunk, after: _Hunk) -> None:
    """Moves a pure insertion or deletion to the best start that says the same.

    In "We pay. [We sell. ]We" and "We pay. We[ sell. We]" the same words are
    new. Source: the lossless clean-up of Fraser, https://neil.fraser.name/writing/diff/.
    """
    if bool(hunk.deleted) == bool(hunk.inserted):
        return
    change = hunk.deleted or hunk.inserted
    text, size = hunk.equal + change + after.equal, len(change)
    low = high = len(hunk.equal)
    while low > 0 and text[low - 1] == text[low - 1 + size]:
        low -= 1
    while high + size < len(text) and text[high] == text[high + size]:
        high += 1
    if low == high:
        return
    start = max(range(low, high + 1), key=lambda at: (_start_rank(text, at), at))
    hunk.equal[:], change[:], after.equal[:] = (
        text[:start],
        text[start : start + size],
        text[start + size :],
    )


def _start_rank(text: list[str], at: int) -> int:
    """How well a change may start at a token: with a line, a sentence, a word, or else."""
    if at == 0 or text[at - 1] == "\n":
        return 3
    if not text[at - 1].isspace():
        return 0
    return 2 if at > 1 and text[at - 2] in {".", ";", ":", "!", "?"} else 1


def _without_islands(hunks: Iterable[_Hunk]) -> Iterator[_Hunk]:
    """Joins the changes that are easier to read as one."""
    run: list[_Hunk] = []
    for hunk in hunks:
        if run and _island(hunk) is None:
            yield from _joined(run)
            run = []
        run.append(hunk)
    if run:
        yield from _joined(run)


def _island(hunk: _Hunk) -> int | None:
    """How many words stay before a change; None if they are too many to go with it.

    A line break keeps two blocks apart, and so does a text's end.
    """
    if not any(hunk.sides) or len(hunk.equal) > 4 * MAX_ISLAND or "\n" in hunk.equal:
        return None
    if sum(map(len, hunk.equal)) > MAX_LETTERS:  # perhaps whole sentences for tokens
        return None
    words = sum(map(is_word, hunk.equal))
    return words if words <= MAX_ISLAND else None


Starts = tuple[int, "Starts"] | None


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to mark the changes so far, the last of which may still go on.

    cost: words marked though they stay, and FRAGMENT for each finished mark.
    sides: of the unfinished mark. starts: the hunks that begin a mark, the
    last first, each with those before it.
    """

    cost: int
    sides: tuple[bool, bool]
    starts: "Starts"

    @property
    def total(self) -> int:
        return self.cost + FRAGMENT * sum(self.sides)


def _joined(run: Sequence[_Hunk]) -> Iterator[_Hunk]:
    """The hunks between which little stays, with the fewest marks and marked words together.

    Among equals the one with fewer islands. All ways are weighed, the best for
    each state kept. Source: Viterbi 1967, doi:10.1109/TIT.1967.1054010.
    """
    if len(run) == 1:
        yield run[0]
        return
    ways = [_Way(0, run[0].sides, (0, None))]
    for at, hunk in enumerate(run[1:], 1):
        ways = [*_ways_on(ways, hunk, at)]
    starts = [*_listed(min(ways, key=lambda way: way.total).starts)]
    for start, end in pairwise([*reversed(starts), len(run)]):
        yield _one(run[start:end])


def _ways_on(ways: Sequence[_Way], hunk: _Hunk, at: int) -> Iterator[_Way]:
    if not hunk.equal:
        for way in ways:
            deletes, inserts = zip(way.sides, hunk.sides, strict=True)
            yield _Way(way.cost, (any(deletes), any(inserts)), way.starts)
        return
    joined = min(ways, key=lambda way: way.cost)
    apart = min(ways, key=lambda way: way.total)
    yield _Way(joined.cost + (2 * (_island(hunk) or 0) or 1), (True, True), joined.starts)
    yield _Way(apart.total, hunk.sides, (at, apart.starts))


def _listed(starts: Starts) -> Iterator[int]:
    while starts:
        yield starts[0]
        starts = starts[1]


def _one(hunks: Sequence[_Hunk]) -> _Hunk:
    first = hunks[0]
    for hunk in hunks[1:]:
        first.deleted += hunk.equal + hunk.deleted
        first.inserted += hunk.equal + hunk.inserted
    return first


def _edits(hunks: Iterable[_Hunk]) -> Iterator[Edit]:
    for hunk in hunks:
        for kind, side in zip(EditKind, (hunk.equal, hunk.deleted, hunk.inserted), strict=True):
            if side:
                yield Edit(kind, "".join(side))
