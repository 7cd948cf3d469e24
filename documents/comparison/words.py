"""What differs between two texts, in whole words.

diff-match-patch compares characters, so each different token stands for one, as
in its line mode. Its time limit is off: a result must not depend on the clock.
Effort is counted instead. Where comparing words would take too much of it,
sentences are compared first, and only words of sentences that differ; where
that is too much as well, the text is replaced as a whole.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice, takewhile

from diff_match_patch import diff_match_patch

from .vocabulary import ClauseTooLong, EditKind

Tokens = Sequence[str]
Step = tuple[EditKind, Tokens]
Split = Callable[[str], list[str]]

MAX_PAIRS = 4_000_000  # tokens of one side times those of the other: under a second
MAX_EFFORT = 5_000_000  # squares of how many tokens differ, summed up: as long
ALWAYS_PAIRS = 10_000  # worth comparing even when the effort is spent
SURROGATES = range(0xD800, 0xE000)
MAX_CODES = 0x110000 - len(SURROGATES)

_KINDS = {
    diff_match_patch.DIFF_EQUAL: EditKind.EQUAL,
    diff_match_patch.DIFF_DELETE: EditKind.DELETE,
    diff_match_patch.DIFF_INSERT: EditKind.INSERT,
}
_SIGNS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # kana and Han: each one is a word
_JOINERS = "\u00ad\u200c\u200d\u2060"
_MARKS = "".join(c for c in map(chr, range(0x300, 0x10000)) if unicodedata.category(c)[0] == "M")
_LETTER = rf"(?:[^\W{_SIGNS}]|[{_MARKS}{_JOINERS}])"
_TOKEN = re.compile(
    r"\d{4}-\d\d-\d\d(?!\w)"  # a date
    r"|\d+(?:[.,:/]\d+)*(?!\w)"  # a number, a date, a time
    rf"|{_LETTER}+(?:['’]{_LETTER}+)*"
    r"|\n|[^\S\n]+|.",
    re.DOTALL,
)
_SENTENCE_END = re.compile(r"(?<=[.;:!?]\s)|(?<=[。；！？])")


@dataclass
class Effort:
    """What is left to spend on one comparison: a count, so that it is the same each time."""

    left: int = MAX_EFFORT

    def allows(self, pairs: int) -> bool:
        return pairs <= (MAX_PAIRS if self.left > 0 else ALWAYS_PAIRS)


def tokens(text: str) -> list[str]:
    """Words, numbers, dates, runs of space, single line breaks, single other signs.

    Joined they are the text.
    """
    return _TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Whether the token is a word, number or date."""
    return any(map(str.isalnum, token))


def script(old: str, new: str, effort: Effort) -> Iterator[Step]:
    """The steps from old to new, in reading order; each holds tokens.

    Without the insertions they spell old, without the deletions new.
    Raises ClauseTooLong above MAX_CODES different tokens.
    Source: Myers 1986, doi:10.1007/BF01840446, as in diff-match-patch.
    """
    return _script(old, new, effort, (_lines, _sentences, tokens))


def _script(old: str, new: str, effort: Effort, splits: Sequence[Split]) -> Iterator[Step]:
    """Compares the coarsest parts, then what differs by the finer ones."""
    split, *finer = (tokens,) if _fits(tokens(old), tokens(new), effort) else splits
    steps = _compared(split(old), split(new), effort)
    if not finer:
        yield from steps
        return
    for is_equal, group in groupby(steps, lambda step: step[0] is EditKind.EQUAL):
        run = list(group)
        deleted, inserted = _parts(run, EditKind.DELETE), _parts(run, EditKind.INSERT)
        if is_equal or not deleted or not inserted:
            yield from ((kind, tokens("".join(parts))) for kind, parts in run)
        elif len(deleted) == len(inserted):  # likely a name changed throughout
            for before, after in zip(deleted, inserted, strict=True):
                yield from _script(before, after, effort, finer)
        else:
            yield from _script("".join(deleted), "".join(inserted), effort, finer)


def _parts(steps: Sequence[Step], kind: EditKind) -> list[str]:
    return [part for step_kind, parts in steps if step_kind is kind for part in parts]


def _fits(old: Tokens, new: Tokens, effort: Effort) -> bool:
    head, tail = _shared_ends(old, new)
    return effort.allows((len(old) - head - tail) * (len(new) - head - tail))


def _shared_ends(old: Tokens, new: Tokens) -> tuple[int, int]:
    """How many tokens are the same at the start, and at the end of what is left."""
    head = _shared(zip(old, new, strict=False))
    limit = min(len(old), len(new)) - head
    return head, _shared(islice(zip(reversed(old), reversed(new), strict=False), limit))


def _shared(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _compared(old: Tokens, new: Tokens, effort: Effort) -> Iterator[Step]:
    head, tail = _shared_ends(old, new)
    old_end, new_end = len(old) - tail, len(new) - tail
    steps: list[Step] = [(EditKind.DELETE, old[head:old_end]), (EditKind.INSERT, new[head:new_end])]
    if _fits(old, new, effort):
        steps = _smallest(old[head:old_end], new[head:new_end])
        effort.left -= sum(len(part) for kind, part in steps if kind is not EditKind.EQUAL) ** 2
    yield EditKind.EQUAL, old[:head]
    yield from steps
    yield EditKind.EQUAL, old[old_end:]


def _smallest(old: Tokens, new: Tokens) -> list[Step]:
    """The script with the fewest tokens, from diff-match-patch."""
    tool = diff_match_patch()
    tool.Diff_Timeout = 0
    codes = _codes(dict.fromkeys(chain(old, new)))
    known = {code: token for token, code in codes.items()}
    sides = ("".join(codes[token] for token in side) for side in (old, new))
    return [
        (_KINDS[operation], [known[code] for code in coded])
        for operation, coded in tool.diff_main(*sides, False)
    ]


def _codes(different: Collection[str]) -> dict[str, str]:
    """A character for each token; never a surrogate, which no text may hold alone."""
    if len(different) > MAX_CODES:
        raise ClauseTooLong(len(different))
    characters = chain(range(SURROGATES.start), range(SURROGATES.stop, 0x110000))
    return dict(zip(different, map(chr, characters), strict=False))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence]
