"""Words that crossed the border between two clauses.

Taken out at the end of one clause and put in at the start of the next, a
sentence is neither new nor gone. Looked for where nothing that stays lies
between: farther away, the same words may be another sentence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

from . import words
from .vocabulary import ClauseChange, Edit, EditKind, Outcome

MIN_WORDS = 8  # in a row; fewer are in many sentences


@dataclass(frozen=True, slots=True)
class _Piece:
    """An edit of a body: the index of its change, and its own in that."""

    change: int
    number: int
    edit: Edit


def with_strays(changes: Iterable[ClauseChange], effort: words.Effort) -> list[ClauseChange]:
    """The changes, with what crossed a border marked as moved on both sides."""
    found = list(changes)
    parts: defaultdict[int, dict[int, list[Edit]]] = defaultdict(dict)
    for gap in filter(_has_strays, _gaps(found)):
        for piece, edits in _parted(gap, effort):
            parts[piece.change][piece.number] = edits
    for at, of_change in parts.items():
        whole = enumerate(found[at].body_edits)
        marked = chain.from_iterable(of_change.get(number, [edit]) for number, edit in whole)
        found[at] = found[at]._replace(marked_body=tuple(marked))
    return found


def _gaps(changes: Sequence[ClauseChange]) -> Iterator[Sequence[_Piece]]:
    """All that changed between two pieces that stay, over the borders of clauses."""
    gap: list[_Piece] = []
    for at, change in enumerate(changes):
        if change.marked_body is None and not gap:
            continue
        has_moved = Outcome.MOVED in change.outcomes  # then what stays in it stays elsewhere
        for number, edit in enumerate(change.body_edits):
            if edit.kind is not EditKind.EQUAL:
                gap.append(_Piece(at, number, edit))
            elif not has_moved and words.is_word(edit.text):
                yield gap
                gap = []
    yield gap


def _has_strays(gap: Sequence[_Piece]) -> bool:
    """Whether words in a row are taken out of one clause and put into another one."""
    if len(gap) < 2 or gap[0].change == gap[-1].change:
        return False
    gone, come = (_runs(gap, kind) for kind in (EditKind.DELETE, EditKind.INSERT))
    return not gone.isdisjoint(come)


def _runs(gap: Sequence[_Piece], kind: EditKind) -> set[tuple[str, ...]]:
    """Each MIN_WORDS in a row. Counting them is quicker than comparing all words."""
    found = " ".join(piece.edit.text for piece in gap if piece.edit.kind is kind).split()
    return set(zip(*(found[start:] for start in range(MIN_WORDS)), strict=False))


def _parted(gap: Sequence[_Piece], effort: words.Effort) -> Iterator[tuple[_Piece, list[Edit]]]:
    """Each piece as edits of which those that crossed a border are marked."""
    sides = [
        [(piece, words.tokens(piece.edit.text)) for piece in gap if _may_stray(piece, kind)]
        for kind in (EditKind.DELETE, EditKind.INSERT)
    ]
    gone, come = ([token for _, tokens in side for token in tokens] for side in sides)
    moved = [bytearray(len(gone)), bytearray(len(come))]  # 1 for each token that moved
    for start, other_start, size in words.shared_runs(gone, come, effort):
        if sum(map(words.is_word, gone[start : start + size])) >= MIN_WORDS:
            for flags, first in zip(moved, (start, other_start), strict=True):
                flags[first : first + size] = bytes([1]) * size
    for side, flags in zip(sides, moved, strict=True):
        at = 0
        for piece, tokens in side:
            yield piece, _edits(piece.edit.kind, tokens, flags[at : at + len(tokens)])
            at += len(tokens)


def _may_stray(piece: _Piece, kind: EditKind) -> bool:
    return piece.edit.kind is kind and not piece.edit.is_moved


def _edits(kind: EditKind, tokens: Sequence[str], flags: bytearray) -> list[Edit]:
    runs = groupby(zip(flags, tokens, strict=True), itemgetter(0))
    return [Edit(kind, "".join(token for _, token in run), bool(flag)) for flag, run in runs]
