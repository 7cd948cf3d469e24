"""Words that crossed the border between two clauses.

Taken out at the end of one clause and put in at the start of the next, a
sentence is neither new nor gone. Looked for where nothing that stays lies
between: farther away, the same words may be another sentence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from . import words
from .vocabulary import ClauseChange, Edit, EditKind, Outcome

MIN_WORDS = 8  # in a row; fewer are in many sentences

_STAYS = Edit(EditKind.EQUAL, "a whole body")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a token stands that is taken out or put in: change, edit in it, token in that."""

    change: int
    edit: int
    token: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """An edit of a body: the index of its change, and its own in that."""

    change: int
    number: int
    edit: Edit


@dataclass(frozen=True, slots=True)
class _Side:
    """All that is taken out, or put in, between two pieces of text that stay."""

    tokens: list[str]
    places: list[_Place]


def with_strays(changes: Iterable[ClauseChange], effort: words.Effort) -> Iterator[ClauseChange]:
    """The changes, with what crossed a border marked as moved on both sides."""
    found = list(changes)
    gaps = filter(_has_both_apart, _gaps(found))
    moved = {place for gap in gaps for place in _moved(gap, effort)}
    touched = {place.change for place in moved}
    for at, change in enumerate(found):
        if at not in touched or change.marked_body is None:
            yield change
        else:
            yield replace(change, marked_body=tuple(_marked(at, change.marked_body, moved)))


def _gaps(changes: Sequence[ClauseChange]) -> Iterator[Sequence[_Piece]]:
    """What changed between two pieces that stay, where it is in more than one clause."""
    gap: list[_Piece] = []
    for at, change in enumerate(changes):
        if change.marked_body is None:
            pieces = [_Piece(at, 0, _STAYS)] if gap and change.clause.body else []
        else:
            pieces = [_Piece(at, number, edit) for number, edit in enumerate(change.marked_body)]
        has_moved = Outcome.MOVED in change.outcomes  # then what stays in it stays elsewhere
        for piece in pieces:
            if piece.edit.kind is not EditKind.EQUAL:
                gap.append(piece)
            elif not has_moved and words.is_word(piece.edit.text):
                yield gap
                gap = []
    yield gap


def _has_both_apart(gap: Sequence[_Piece]) -> bool:
    """Whether words in a row are taken out of one clause and put into another one."""
    if len(gap) < 2 or gap[0].change == gap[-1].change:
        return False
    gone, come = (_runs(gap, kind) for kind in (EditKind.DELETE, EditKind.INSERT))
    return not gone.isdisjoint(come)


def _runs(gap: Sequence[_Piece], kind: EditKind) -> set[tuple[str, ...]]:
    """Each MIN_WORDS in a row. Counting them is quicker than comparing all words."""
    found = " ".join(piece.edit.text for piece in gap if piece.edit.kind is kind).split()
    return set(zip(*(found[start:] for start in range(MIN_WORDS)), strict=False))


def _moved(gap: Sequence[_Piece], effort: words.Effort) -> Iterator[_Place]:
    gone, come = (_side(gap, kind) for kind in (EditKind.DELETE, EditKind.INSERT))
    for start, other_start, size in words.shared_runs(gone.tokens, come.tokens, effort):
        if sum(map(words.is_word, gone.tokens[start : start + size])) >= MIN_WORDS:
            yield from gone.places[start : start + size]
            yield from come.places[other_start : other_start + size]


def _side(gap: Sequence[_Piece], kind: EditKind) -> _Side:
    side = _Side([], [])
    for piece in gap:
        if piece.edit.kind is kind and not piece.edit.is_moved:
            tokens = words.tokens(piece.edit.text)
            side.tokens.extend(tokens)
            side.places.extend(_Place(piece.change, piece.number, at) for at in range(len(tokens)))
    return side


def _marked(at: int, edits: Sequence[Edit], moved: set[_Place]) -> Iterator[Edit]:
    for number, edit in enumerate(edits):
        if edit.kind is EditKind.EQUAL or edit.is_moved:
            yield edit
            continue
        tokens = words.tokens(edit.text)
        flags = [_Place(at, number, token) in moved for token in range(len(tokens))]
        for is_moved, run in groupby(zip(flags, tokens, strict=True), itemgetter(0)):
            yield Edit(edit.kind, "".join(token for _, token in run), is_moved)
