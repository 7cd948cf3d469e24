"""Makes the smallest script one that people like to read.

The smallest script keeps every word that happens to stand on both sides: a
rewritten sentence comes out as confetti. Here a change starts where a sentence
or word starts, and what little stands unchanged inside a rewrite goes with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

from .vocabulary import Edit, EditKind
from .words import Step, is_word

MAX_ISLAND = 2  # words


@dataclass
class _Hunk:
    """What stays, then what takes the place of what; tokens."""

    equal: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)

    @property
    def has_change(self) -> bool:
        return bool(self.deleted or self.inserted)

    @property
    def size(self) -> int:
        """Words of the longer side, counted up to what an island can be weighed against."""
        return max(_words(self.deleted), _words(self.inserted))


def edits(steps: Iterable[Step]) -> tuple[Edit, ...]:
    """The steps as edits in reading order, a deletion before its insertion.

    Neighbours differ in kind; none is empty. Both texts stay what they were.
    """
    hunks = [*_hunks(steps), _Hunk()]
    for before, after in pairwise(hunks):
        _slide(before, after)
    return tuple(_edits(_without_islands(hunks)))


def _hunks(steps: Iterable[Step]) -> Iterator[_Hunk]:
    hunk = _Hunk()
    for kind, tokens in steps:
        if kind is EditKind.EQUAL and tokens and hunk.has_change:
            yield hunk
            hunk = _Hunk()
        getattr(hunk, _SIDES[kind]).extend(tokens)
    yield hunk


_SIDES = {EditKind.EQUAL: "equal", EditKind.DELETE: "deleted", EditKind.INSERT: "inserted"}


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


def _without_islands(hunks: Iterable[_Hunk]) -> list[_Hunk]:
    kept: list[_Hunk] = []
    for hunk in hunks:
        while kept and _belong_together(kept[-1], hunk):
            hunk = _joined(kept.pop(), hunk)
        kept.append(hunk)
    return kept


def _belong_together(left: _Hunk, right: _Hunk) -> bool:
    """Whether what stands between two changes is too little to stand alone.

    A line break keeps two blocks apart, and insertions alone are no rewrite.
    """
    if not right.equal:
        return True
    if not right.has_change or "\n" in right.equal:
        return False
    is_rewrite = (left.deleted or right.deleted) and (left.inserted or right.inserted)
    island = _words(right.equal)
    return bool(is_rewrite) and island <= MAX_ISLAND and left.size + right.size > 2 * island


def _joined(left: _Hunk, right: _Hunk) -> _Hunk:
    left.deleted.extend(right.equal + right.deleted)
    left.inserted.extend(right.equal + right.inserted)
    return left


def _words(tokens: list[str]) -> int:
    """How many words, counted no further than an island is worth."""
    return sum(1 for _ in islice(filter(is_word, tokens), 2 * MAX_ISLAND + 1))


def _edits(hunks: Iterable[_Hunk]) -> Iterator[Edit]:
    for hunk in hunks:
        for kind, side in _SIDES.items():
            text = "".join(getattr(hunk, side))
            if text:
                yield Edit(kind, text)
