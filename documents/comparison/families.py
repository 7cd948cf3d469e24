"""Clauses that were split or merged, and the words that went from one into another.

Found beside a clause that changed: a new neighbour whose words were in it was
split off, a removed one whose words are in it now was merged into it. Their
words are compared together, so that what only changed its clause is marked as
moved and not as new.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .align import Pair
from .likeness import KEPT, Words, couples_of, words_of
from .vocabulary import ClauseState, Edit, EditKind

CONTAINED = 0.6  # share of a part's couples of words that the whole lost or gained
MIN_COUPLES = 4  # of words; less is too little to know again
MAX_PARTS = 50
MAX_WORDS = 20_000  # of a clause; what comes after them is not looked at

_FLIPPED = {EditKind.DELETE: EditKind.INSERT, EditKind.INSERT: EditKind.DELETE}


@dataclass(frozen=True, slots=True)
class Family:
    """A clause and its parts, as indices of pairs in reading order.

    whole: of the pair that has both sides.
    """

    whole: int
    members: tuple[int, ...]
    is_split: bool


def families(pairs: Sequence[Pair]) -> Iterator[Family]:
    """The splits and merges among aligned clauses; no clause is in two of them."""
    parts: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
    couples = lru_cache(KEPT)(_couples)
    for at, pair in enumerate(pairs):
        if pair.old is None or pair.new is None:
            for whole in _neighbours(pairs, at):
                if _is_part(pair, pairs[whole], couples):
                    parts[whole, pair.old is None].append(at)
                    break
    seen = set()
    for (whole, is_split), found in parts.items():
        if whole not in seen and len(found) <= MAX_PARTS:
            seen.add(whole)
            yield Family(whole, tuple(sorted([whole, *found])), is_split)


def _neighbours(pairs: Sequence[Pair], at: int) -> Iterator[int]:
    """The nearest clauses on both sides, before and after it, if they changed."""
    for way in (range(at - 1, -1, -1), range(at + 1, len(pairs))):
        for near in way[:MAX_PARTS]:
            if sides := pairs[near].sides:
                if sides[0].body != sides[1].body:
                    yield near
                break


def _is_part(part: Pair, whole: Pair, couples: Callable[[ClauseState], Words]) -> bool:
    """Whether most of a one-sided clause's words are what the other lost, or has gained."""
    single = part.new or part.old
    if not whole.sides or not single:
        return False
    has, lacks = whole.sides if part.old is None else reversed(whole.sides)
    if len(has.body) <= len(lacks.body):
        return False
    own = couples(single)
    if len(own) < MIN_COUPLES:
        return False
    taken = couples(has) - couples(lacks)
    return len(own & taken) >= CONTAINED * len(own)


def _couples(clause: ClauseState) -> Words:
    return couples_of(words_of(clause.body_text, MAX_WORDS))


def shared_out(edits: Iterable[Edit], lengths: Sequence[int], whole: int) -> list[tuple[Edit, ...]]:
    """The edits of one text against several, given to each of these.

    edits: from one text to several joined by single line breaks. lengths: of
    the several, in characters; whole: the index of the one that the single
    text is compared with. For the others it is nothing: all their words are
    insertions, moved where the single text had them.
    """
    sides: list[list[Edit]] = [[] for _ in lengths]
    at, left = 0, lengths[0]
    for edit in edits:
        if edit.kind is EditKind.DELETE:
            sides[whole].append(edit)
            continue
        text = edit.text
        while text:
            piece, text = text[:left], text[left:]
            left -= len(piece)
            _give(sides, at, whole, Edit(edit.kind, piece))
            if text:  # what follows is the line break between two texts
                if edit.kind is EditKind.EQUAL:
                    sides[whole].append(Edit(EditKind.DELETE, text[0]))
                text, at = text[1:], at + 1
                left = lengths[at]
    return [ordered(side) for side in sides]


def _give(sides: list[list[Edit]], at: int, whole: int, edit: Edit) -> None:
    if not edit.text:
        return
    if at == whole or edit.kind is EditKind.INSERT:
        sides[at].append(edit)
    else:
        sides[at].append(Edit(EditKind.INSERT, edit.text, is_moved=True))
        sides[whole].append(Edit(EditKind.DELETE, edit.text, is_moved=True))


def flipped(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits of the way back."""
    return ordered(Edit(_FLIPPED.get(e.kind, e.kind), e.text, e.is_moved) for e in edits)


def ordered(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Between two equal pieces first all deletions, then all insertions; like pieces joined."""
    done: list[Edit] = []
    change: dict[EditKind, list[Edit]] = {EditKind.DELETE: [], EditKind.INSERT: []}
    for edit in (*edits, Edit(EditKind.EQUAL, "")):
        if edit.kind is not EditKind.EQUAL:
            _extend(change[edit.kind], edit)
            continue
        for side in change.values():
            done += side
            side.clear()
        if edit.text:
            _extend(done, edit)
    return tuple(done)


def _extend(side: list[Edit], edit: Edit) -> None:
    if side and (side[-1].kind, side[-1].is_moved) == (edit.kind, edit.is_moved):
        edit = Edit(edit.kind, side.pop().text + edit.text, edit.is_moved)
    side.append(edit)
