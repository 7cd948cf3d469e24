"""Gives a paragraph's runs their one spelling: white space, neighbours, NFC."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from .vocabulary import Run

SPACE = " "
BREAK = "\n"
SOFT_BREAK = "\v"  # where a block ends inside a footnote: a break unless there is one


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with white space collapsed, none at the edges, and equals joined.

    White space comes as runs of its own. It takes the marks that both its
    neighbours share, so that what looks the same is spelled the same. A break
    swallows the spaces around it.
    """
    return tuple(_joined(_with_single_gaps(runs)))


def _with_single_gaps(runs: Iterable[Run]) -> Iterator[Run]:
    before, gap = None, ""
    for run in runs:
        if run.text in {SPACE, BREAK, SOFT_BREAK}:
            gap += run.text
            continue
        if before and gap:
            yield Run(_single(gap), tuple(mark for mark in before.marks if mark in run.marks))
        yield run
        before, gap = run, ""


def _single(gap: str) -> str:
    if BREAK in gap:
        return BREAK * gap.count(BREAK)
    return BREAK if SOFT_BREAK in gap else SPACE


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    for (is_footnote, marks), group in groupby(runs, lambda run: (bool(run.footnote), run.marks)):
        if is_footnote:
            yield from group
        else:
            text = "".join(run.text for run in group)
            yield Run(unicodedata.normalize("NFC", text), marks)
