"""Finds a document that stands in its file more than once.

Text pasted or scraped twice is common, and importing it twice doubles every
clause. Equal copies are found by the smallest period of the lines; copies
that are nearly equal by the places of the first line. A part that repeats
inside the text is no copy: repeats_in finds it, and it stays.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise, zip_longest

from rapidfuzz.distance import Prefix

from .errors import CopiesDiffer, Difference
from .in_common import matches
from .outline import LineRange

MIN_LINES = 3  # of a copy, empty lines aside
MIN_REPEATED = 5  # lines that repeat one after another inside a text; fewer may be meant
MAX_DIFFERENCES = 20  # shown of copies that differ
LEAD, EXCERPT = 30, 120  # characters of a line that are shown
ALIKE = 0.6  # share of lines in common from which two parts are copies of one text

_Row = tuple[int, str]


def copies_in(lines: Sequence[str]) -> tuple[LineRange, ...]:
    """The lines of each copy, or nothing where the text stands once.

    Empty lines and white space do not count. Raises CopiesDiffer.
    """
    rows = _rows(lines)
    texts = [text for _, text in rows]
    period = smallest_period(texts)
    if MIN_LINES <= period < len(rows):
        return tuple(_range(rows[at : at + period]) for at in range(0, len(rows), period))
    _require_no_near_copies(rows)
    return ()


def repeats_in(lines: Sequence[str]) -> tuple[tuple[LineRange, LineRange], ...]:
    """(earlier, later) of each part that stands in the text again, from MIN_REPEATED lines.

    Empty lines and white space do not count. Linear.
    """
    rows = _rows(lines)
    texts = [text for _, text in rows]
    found: list[tuple[LineRange, LineRange]] = []
    first_at: dict[tuple[str, ...], int] = {}
    at = 0
    while at + MIN_REPEATED <= len(rows):
        start = first_at.setdefault(tuple(texts[at : at + MIN_REPEATED]), at)
        if start + MIN_REPEATED > at:
            at += 1
            continue
        size = _common_length(texts, start, at)
        found.append((_range(rows[start : start + size]), _range(rows[at : at + size])))
        at += size
    return tuple(found)


def _common_length(texts: Sequence[str], start: int, later: int) -> int:
    """How many lines from both on are equal, without running into one another."""
    most = min(later - start, len(texts) - later)
    return next((n for n in range(most) if texts[start + n] != texts[later + n]), most)


def smallest_period(texts: Sequence[str]) -> int:
    """The length of the shortest run whose repetition is the whole sequence.

    Linear. Source: the failure function of Knuth, Morris and Pratt 1977,
    doi:10.1137/0206024.
    """
    borders = [0] * len(texts)
    border = 0
    for at in range(1, len(texts)):
        while border and texts[at] != texts[border]:
            border = borders[border - 1]
        border += texts[at] == texts[border]
        borders[at] = border
    period = len(texts) - border
    return period if period and len(texts) % period == 0 else len(texts)


def _require_no_near_copies(rows: Sequence[_Row]) -> None:
    starts = [at for at, (_, text) in enumerate(rows) if text == rows[0][1]]
    parts = [rows[start:end] for start, end in pairwise([*starts, len(rows)])]
    if len(parts) < 2 or not all(_alike(parts[0], part) for part in parts[1:]):
        return
    found = [
        (part, difference)
        for part in parts[1:]
        for difference in islice(_differences(parts[0], part), MAX_DIFFERENCES)
    ]
    part, first = found[0]
    line, other_line = first.line or parts[0][-1][0], first.other_line or part[-1][0]
    differences = [difference for _, difference in found[:MAX_DIFFERENCES]]
    shown = "\n".join(_shown(each, dict(rows)) for each in differences)
    error = CopiesDiffer(copies=len(parts), line=line, other_line=other_line, shown=shown)
    error.differences = tuple(differences)
    raise error


def _shown(difference: Difference, texts: Mapping[int, str]) -> str:
    """Both lines, each with its number, from shortly before they part."""
    lines = [line for line in (difference.line, difference.other_line) if line]
    same = Prefix.similarity(*(texts[line] for line in lines)) if lines[1:] else 0
    start = max(same - LEAD, 0)
    excerpts = (f"{'…' * (start > 0)}{texts[line][start : start + EXCERPT]}" for line in lines)
    return "\n".join(f"{line}: {words}" for line, words in zip(lines, excerpts, strict=True))


def _alike(one: Sequence[_Row], other: Sequence[_Row]) -> bool:
    common = Counter(text for _, text in one) & Counter(text for _, text in other)
    longer = max(len(one), len(other))
    return longer >= MIN_LINES and common.total() >= ALIKE * longer


def _differences(one: Sequence[_Row], other: Sequence[_Row]) -> Iterator[Difference]:
    """The lines between two that both copies have; what has no partner stands alone."""
    same = matches([text for _, text in one], [text for _, text in other])
    at = other_at = 0
    for place, other_place in [*same, (len(one), len(other))]:
        yield from _paired(one[at:place], other[other_at:other_place])
        at, other_at = place + 1, other_place + 1


def _paired(one: Sequence[_Row], other: Sequence[_Row]) -> Iterator[Difference]:
    for row, other_row in zip_longest(one, other):
        yield Difference(row[0] if row else None, other_row[0] if other_row else None)


def _rows(lines: Sequence[str]) -> list[_Row]:
    return [(n, " ".join(line.split())) for n, line in enumerate(lines, 1) if line.strip()]


def _range(rows: Sequence[_Row]) -> LineRange:
    return rows[0][0], rows[-1][0]
