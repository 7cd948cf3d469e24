"""What differs between two texts, in whole words.

Each different token stands for one character, and rapidfuzz finds the smallest
script between the two strings: exactly, and in a time that depends on nothing
but their lengths. Effort is counted, for a result must not depend on the
clock. Where comparing words would take too much of it, lines are compared
first, then sentences, and only words of what differs; where that is too much
as well, the text is replaced as a whole, and the redline says so.
Rejected: diff-match-patch, hundreds of times slower here (ADR 17).
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel, Postfix, Prefix

from .vocabulary import EditKind

Tokens = Sequence[str]
Step = tuple[EditKind, Tokens]
Split = Callable[[str], list[str]]

MAX_PAIRS = 64_000_000  # tokens of one side times those of the other: 8 MB and some 10 ms
MAX_EFFORT = 4_000_000_000  # such pairs in one comparison: half a second
ALWAYS_PAIRS = 1_000_000  # worth comparing even when the effort is spent
MAX_CHARACTERS = 400_000  # of both sides; longer texts are compared by lines and sentences first
CONTEXT = 80  # characters around what differs
SURROGATES = range(0xD800, 0xE000)
MAX_CODES = 0x110000 - len(SURROGATES)

_SIGNS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # kana and Han: each one is a word
_JOINERS = "\u00ad\u200c\u200d\u2060"
_MARKS = "".join(c for c in map(chr, range(0x300, 0x10000)) if unicodedata.category(c)[0] == "M")
_LETTERS = rf"(?:[^\W{_SIGNS}]+|[{_MARKS}{_JOINERS}]+)+"
_TOKEN = re.compile(
    r"[^\S\n]+"  # every other token: so it is tried first
    r"|\d{4}-\d\d-\d\d(?!\w)"  # a date
    r"|\d+(?:[.,:/]\d+)*(?!\w)"  # a number, a date, a time
    rf"|{_LETTERS}(?:['’]{_LETTERS})*"
    r"|\n|.",
    re.DOTALL,
)
_ALNUM = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"(?<=[.;:!?]\s)|(?<=[。；！？])")


@dataclass
class Effort:
    """What is left to spend on one comparison: a count, so that it is the same each time.

    is_short: something could not be compared for want of it.
    """

    left: int = MAX_EFFORT
    is_short: bool = False

    def allows(self, pairs: int) -> bool:
        """Spends it, if it is there."""
        if pairs > (MAX_PAIRS if pairs <= self.left else ALWAYS_PAIRS):
            return False
        self.left -= pairs
        return True


def tokens(text: str) -> list[str]:
    """Words, numbers, dates, runs of space, single line breaks, single other signs.

    Joined they are the text.
    """
    return _TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Whether the token is a word, number or date."""
    return _ALNUM.search(token) is not None


def script(old: str, new: str, effort: Effort) -> Iterator[Step]:
    """The steps from old to new, in reading order; each holds tokens.

    Without the insertions they spell old, without the deletions new. A text
    that is too long holds lines or sentences for tokens where it stays.
    """
    head, tail = _same_ends(old, new)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    yield EditKind.EQUAL, [old[:head]] if head else []
    yield from _script(before, after, effort, (_lines, _sentences))
    yield EditKind.EQUAL, [old[len(old) - tail :]] if tail else []


def _same_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters at the start and at the end need no look at their words.

    Up to a space, and so far from what differs that a change can still slide
    to a better start. What is cut off here needs no tokens.
    """
    head = Prefix.similarity(old, new)
    tail = min(Postfix.similarity(old, new), min(len(old), len(new)) - head)
    head = old.rfind(" ", 0, max(head - CONTEXT, 0))
    after = old.find(" ", len(old) - tail + CONTEXT) if tail > CONTEXT else -1
    return max(head, 0), len(old) - after if after >= 0 else 0


def _script(old: str, new: str, effort: Effort, splits: Sequence[Split]) -> Iterator[Step]:
    """Compares words; where that is too much, coarser parts, then the words of what differs."""
    if len(old) + len(new) <= MAX_CHARACTERS:
        steps = _compared(tokens(old), tokens(new), effort)
        if steps is not None:
            yield from steps
            return
    if not splits:
        effort.is_short = True
        yield from ((EditKind.DELETE, [old]), (EditKind.INSERT, [new]))
        return
    split, *finer = splits
    parts = split(old), split(new)
    for is_equal, group in groupby(
        _compared(*parts, effort) or _anchored(*parts), lambda step: step[0] is EditKind.EQUAL
    ):
        run = list(group)
        deleted, inserted = _parts(run, EditKind.DELETE), _parts(run, EditKind.INSERT)
        if is_equal or not deleted or not inserted:
            yield from run
        elif len(deleted) == len(inserted):  # likely a name changed throughout
            for before, after in zip(deleted, inserted, strict=True):
                yield from _script(before, after, effort, finer)
        else:
            yield from _script("".join(deleted), "".join(inserted), effort, finer)


def shared_runs(old: Tokens, new: Tokens, effort: Effort) -> Iterator[tuple[int, int, int]]:
    """(place in old, place in new, how many) of what both have in common, in order.

    Nothing where finding it would take too much.
    """
    at = place = 0
    for kind, step in _compared(old, new, effort) or ():
        if kind is EditKind.EQUAL and step:
            yield at, place, len(step)
        at += len(step) if kind is not EditKind.INSERT else 0
        place += len(step) if kind is not EditKind.DELETE else 0


def _parts(steps: Sequence[Step], kind: EditKind) -> list[str]:
    return [part for step_kind, parts in steps if step_kind is kind for part in parts]


def _compared(old: Tokens, new: Tokens, effort: Effort) -> list[Step] | None:
    """The smallest steps; None where finding them would take too much."""
    head, gone, come, tail = _without_shared_ends(old, new)
    if gone and come:
        coded = _coded(gone, come) if effort.allows(len(gone) * len(come)) else None
        return [head, *_smallest(gone, come, coded), tail] if coded else None
    return [head, (EditKind.DELETE, gone), (EditKind.INSERT, come), tail]


def _anchored(old: Tokens, new: Tokens) -> list[Step]:
    """Steps that keep the ends that both share, and in order what is once in either text.

    Not the smallest ones, but found in no time. Source: Bram Cohen's patience diff, with the
    longest order of Fredman 1975, doi:10.1016/0012-365X(75)90103-X.
    """
    head, gone, come, tail = _without_shared_ends(old, new)
    steps, old_at, new_at = [head], 0, 0
    for at, place in _longest_order(_unique_in_both(gone, come)):
        steps += [(EditKind.DELETE, gone[old_at:at]), (EditKind.INSERT, come[new_at:place])]
        steps.append((EditKind.EQUAL, gone[at : at + 1]))
        old_at, new_at = at + 1, place + 1
    rest = (EditKind.DELETE, gone[old_at:]), (EditKind.INSERT, come[new_at:])
    return [*steps, *rest, tail]


def _unique_in_both(old: Tokens, new: Tokens) -> list[tuple[int, int]]:
    """(place in old, place in new) of what stands once in either, by the place in old."""
    counts, places = Counter(new), {token: at for at, token in enumerate(new)}
    once = Counter(old)
    return [
        (at, places[token])
        for at, token in enumerate(old)
        if once[token] == 1 and counts[token] == 1
    ]


def _longest_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs that are in order on both sides."""
    lasts: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        rank = bisect_left(lasts, place)
        lasts[rank : rank + 1] = [place]
        ends[rank : rank + 1] = [at]
        before.append(ends[rank - 1] if rank else -1)
    chain, at = [], ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _without_shared_ends(old: Tokens, new: Tokens) -> tuple[Step, Tokens, Tokens, Step]:
    head, tail = _shared_ends(old, new)
    old_end, new_end = len(old) - tail, len(new) - tail
    return (
        (EditKind.EQUAL, old[:head]),
        old[head:old_end],
        new[head:new_end],
        (EditKind.EQUAL, old[old_end:]),
    )


def _shared_ends(old: Tokens, new: Tokens) -> tuple[int, int]:
    """How many tokens are the same at the start, and at the end of what is left."""
    limit = min(len(old), len(new))
    head = 0
    while head < limit and old[head] == new[head]:
        head += 1
    limit -= head
    tail = 0
    while tail < limit and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _coded(old: Tokens, new: Tokens) -> tuple[str, str] | None:
    """A character for each token; never a surrogate, which no text may hold alone.

    None where there are more different tokens than characters.
    """
    codes: dict[str, str] = {}
    for token in (*old, *new):
        if token not in codes:
            number = len(codes)
            codes[token] = chr(number if number < SURROGATES.start else number + len(SURROGATES))
            if number + 1 >= MAX_CODES:
                return None
    return "".join(map(codes.__getitem__, old)), "".join(map(codes.__getitem__, new))


def _smallest(old: Tokens, new: Tokens, coded: tuple[str, str]) -> Iterator[Step]:
    """The script with the fewest tokens.

    Source: Hyyrö 2004, bit-parallel longest common subsequence, in rapidfuzz.
    """
    for operation in Indel.opcodes(*coded):
        if operation.tag == "equal":
            yield EditKind.EQUAL, old[operation.src_start : operation.src_end]
            continue
        if operation.src_end > operation.src_start:
            yield EditKind.DELETE, old[operation.src_start : operation.src_end]
        if operation.dest_end > operation.dest_start:
            yield EditKind.INSERT, new[operation.dest_start : operation.dest_end]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence]
