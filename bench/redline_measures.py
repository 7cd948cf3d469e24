"""What a comparison gives its reader to see, counted in words, and the least there could be.

A comparison is reduced to its Reading: which words of the old text stay as
which words of the new one. So engines that cut texts in other ways are counted
alike: a word of which one letter is marked is a marked word. A word is what
stands between white space, less the signs before and after it: a date or an
address is one, and no engine is charged for a comma that goes with its word.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

try:
    import numpy
    from rapidfuzz.distance import Indel
except ImportError:  # then there is no optimum to compare with
    numpy = Indel = None

WORD = re.compile(r"\w+(?:[^\s\w]+\w+)*")
FRAGMENT = 4  # words that one more interruption is worth to a reader
ISLAND = 2  # words, at most
MAX_CELLS = 100_000_000  # of the table behind one optimum: some seconds
FAR = 1 << 29  # more than any cost

EQUAL, DELETED, INSERTED = "=", "-", "+"


@dataclass(frozen=True)
class Words:
    """The words of a text, where each starts and ends in it, and on which line it stands."""

    words: list[str]
    spans: list[tuple[int, int]]
    lines: list[int]


@lru_cache(maxsize=64)
def words_of(text):
    words, spans, lines, line, seen = [], [], [], 0, 0
    for match in WORD.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        words.append(match[0])
        spans.append(match.span())
        lines.append(line)
    return Words(words, spans, lines)


@dataclass(frozen=True)
class Reading:
    """What a comparison says about the words of both texts.

    kept: (index in the old text, index in the new one) of each that stays.
    moved: of each that stands in another place now, if it tells moves.
    is_exact: whether the edits rebuild both texts byte for byte; None where
    they hold words only.
    """

    kept: list[tuple[int, int]]
    moved: tuple[tuple[int, int], ...] = ()
    is_exact: bool | None = None


@dataclass(frozen=True)
class Score:
    """marks: words marked. fragments: runs of them. islands: runs of few words between marks."""

    marks: int
    fragments: int
    islands: int

    @property
    def cost(self):
        return self.marks + FRAGMENT * self.fragments


def score(reading, old, new, is_move_free=False):
    """The Score of a reading of two texts.

    is_move_free: nothing is marked in what moved; else it counts as deleted
    there and inserted here, as it does for an engine that knows no moves.
    """
    old, new = words_of(old), words_of(new)
    kept = sorted((*reading.kept, *(reading.moved if is_move_free else ())))
    return Score(
        marks=len(old.words) + len(new.words) - 2 * len(kept),
        fragments=_gaps([before for before, _ in kept], len(old.words))
        + _gaps(sorted(after for _, after in kept), len(new.words)),
        islands=_islands(kept, old, new),
    )


def _gaps(kept, size):
    """How many runs of missing numbers there are in range(size)."""
    return sum(after - before > 1 for before, after in pairwise([-1, *kept, size]))


def _islands(kept, old, new):
    """Runs of up to ISLAND kept words with a marked word of the same line on either side."""
    standing_old = {before for before, _ in kept}
    standing_new = {after for _, after in kept}
    islands, size = 0, 0
    for (before, after), following in pairwise([*kept, None]):
        size += 1
        if following == (before + 1, after + 1) and _is_one_line(before, after, old, new):
            continue
        if size <= ISLAND:
            first = before - size, after - size
            last = before + 1, after + 1
            islands += all(
                _is_marked(old, standing_old, one, before)
                or _is_marked(new, standing_new, other, after)
                for one, other in (first, last)
            )
        size = 0
    return islands


def _is_one_line(before, after, old, new):
    """Whether the words after both stand on the same line as these."""
    is_old = old.lines[before + 1] == old.lines[before]
    return is_old and new.lines[after + 1] == new.lines[after]


def _is_marked(text, standing, at, beside):
    """Whether a word is at that index, on the same line as its neighbour, and does not stay."""
    is_there = 0 <= at < len(text.lines) and text.lines[at] == text.lines[beside]
    return is_there and at not in standing


def reading_of_pieces(pieces, old, new):
    """The Reading of edits (EQUAL, DELETED or INSERTED, text), or None if they show another text.

    White space may differ from that of the texts; then the reading is not exact.
    """
    built_old = "".join(text for kind, text in pieces if kind != INSERTED)
    built_new = "".join(text for kind, text in pieces if kind != DELETED)
    if words_of(built_old).words != words_of(old).words:
        return None
    if words_of(built_new).words != words_of(new).words:
        return None
    return Reading(kept_words(pieces), is_exact=(built_old, built_new) == (old, new))


def kept_words(pieces):
    """The words that stand whole inside an equal piece on both sides, as pairs of indices.

    The indices count the words of either text as the pieces build it.
    """
    old = words_of("".join(text for kind, text in pieces if kind != INSERTED))
    new = words_of("".join(text for kind, text in pieces if kind != DELETED))
    ends = {span: at for at, span in enumerate(new.spans)}
    kept, word, place_old, place_new = [], 0, 0, 0
    for kind, length in _joined_lengths(pieces):
        end = place_old + (length if kind != INSERTED else 0)
        if kind == EQUAL:
            while word < len(old.spans) and old.spans[word][0] < place_old:
                word += 1
            shift = place_new - place_old
            while word < len(old.spans) and old.spans[word][1] <= end:
                span = old.spans[word][0] + shift, old.spans[word][1] + shift
                if span in ends:
                    kept.append((word, ends[span]))
                word += 1
        place_old = end
        place_new += length if kind != DELETED else 0
    return kept


def _joined_lengths(pieces):
    """(kind, characters) with neighbours of a kind taken together."""
    joined = []
    for kind, text in pieces:
        if joined and joined[-1][0] == kind:
            joined[-1] = kind, joined[-1][1] + len(text)
        else:
            joined.append((kind, len(text)))
    return joined


def in_order(kept):
    """The most pairs that stand in the same order on both sides.

    Source: Fredman 1975, doi:10.1016/0012-365X(75)90103-X.
    """
    lasts, ends, before = [], [], {}
    for at, (_, place) in enumerate(kept := sorted(kept)):
        rank = bisect_left(lasts, place)
        lasts[rank : rank + 1] = [place]
        ends[rank : rank + 1] = [at]
        before[at] = ends[rank - 1] if rank else None
    chain, at = [], ends[-1] if ends else None
    while at is not None:
        chain.append(kept[at])
        at = before[at]
    return chain[::-1]


def fewest_marks(old, new):
    """The least number of words that must be marked where nothing moves."""
    return Indel.distance(words_of(old).words, words_of(new).words)


def least_cost(old, new, bound):
    """The smallest cost that any comparison of the words could have, or None if it takes too long.

    bound: the cost of some comparison; no better one leaves the diagonals that
    so many marks can reach, so only these are computed.
    Dynamic programming over words with an affine cost of gaps. Head and tail
    that the texts share stay: to mark a word of theirs never saves anything.
    Source: Gotoh 1982, doi:10.1016/0022-2836(82)90398-9.
    """
    old, new = _numbered(*_between_shared_ends(words_of(old).words, words_of(new).words))
    surplus = len(new) - len(old)
    insertions = min(len(new), (max(bound, abs(surplus)) + surplus) // 2)
    deletions = min(len(old), (max(bound, abs(surplus)) - surplus) // 2)
    if len(old) * min(len(new) + 1, insertions + deletions + 1) > MAX_CELLS:
        return None
    return _cheapest(old, new, insertions, deletions)


def _between_shared_ends(old, new):
    head, limit = 0, min(len(old), len(new))
    while head < limit and old[head] == new[head]:
        head += 1
    tail, limit = 0, limit - head
    while tail < limit and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return old[head : len(old) - tail], new[head : len(new) - tail]


def _numbered(old, new):
    numbers = {word: number for number, word in enumerate({*old, *new})}
    return tuple(
        numpy.array([numbers[word] for word in side], dtype=numpy.int32) for side in (old, new)
    )


def _cheapest(old, new, insertions, deletions):
    """Row by row: column j of `best` is the cost up to this old word and the j-th new one.

    best: however it ends; deleted: with a deletion.
    """
    columns = numpy.arange(len(new) + 1, dtype=numpy.int32)
    best = numpy.full(len(new) + 1, FAR, dtype=numpy.int32)
    deleted = best.copy()
    best[0] = 0
    reach = slice(1, insertions + 1)
    best[reach] = FRAGMENT + columns[reach]
    for row, word in enumerate(old, 1):
        low, high = max(0, row - deletions), min(len(new), row + insertions) + 1
        band = slice(low, high)
        deleted[band] = numpy.minimum(deleted[band] + 1, best[band] + FRAGMENT + 1)
        first = max(low, 1)
        here = deleted[band].copy()
        same = numpy.where(new[first - 1 : high - 1] == word, best[first - 1 : high - 1], FAR)
        here[first - low :] = numpy.minimum(here[first - low :], same)
        inserted = numpy.minimum.accumulate(here - columns[band])[:-1] + columns[low + 1 : high]
        here[1:] = numpy.minimum(here[1:], inserted + FRAGMENT)
        best[band] = here
    return int(best[len(new)])
