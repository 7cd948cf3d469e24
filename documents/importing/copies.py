"""Finds a document that stands in its file more than once.

Text pasted or scraped twice is common, and importing it twice doubles every
clause. Equal copies are found by the smallest period of the lines; copies
that are nearly equal by the places of the first line. A part that repeats
inside the text is not looked for.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from .errors import CopiesDiffer
from .outline import LineRange

MIN_LINES = 3  # of a copy, empty lines aside
ALIKE = 0.6  # share of lines in common from which two parts are copies of one text

_Row = tuple[int, str]


def copies_in(lines: Sequence[str]) -> tuple[LineRange, ...]:
    """The lines of each copy, or nothing where the text stands once.

    Empty lines and white space do not count. Raises CopiesDiffer.
    """
    rows = [(n, " ".join(line.split())) for n, line in enumerate(lines, 1) if line.strip()]
    texts = [text for _, text in rows]
    period = smallest_period(texts)
    if MIN_LINES <= period < len(rows):
        return tuple(_range(rows[at : at + period]) for at in range(0, len(rows), period))
    _require_no_near_copies(rows)
    return ()


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
    line, other_line = next(pair for part in parts[1:] if (pair := _difference(parts[0], part)))
    raise CopiesDiffer(copies=len(parts), line=line, other_line=other_line)


def _alike(one: Sequence[_Row], other: Sequence[_Row]) -> bool:
    common = Counter(text for _, text in one) & Counter(text for _, text in other)
    longer = max(len(one), len(other))
    return longer >= MIN_LINES and common.total() >= ALIKE * longer


def _difference(one: Sequence[_Row], other: Sequence[_Row]) -> tuple[int, int] | None:
    """The first two lines that are not alike; where one copy ends early, its last line."""
    for (line, text), (other_line, other_text) in zip(one, other, strict=False):
        if text != other_text:
            return line, other_line
    return (one[-1][0], other[-1][0]) if len(one) != len(other) else None


def _range(rows: Sequence[_Row]) -> LineRange:
    return rows[0][0], rows[-1][0]
