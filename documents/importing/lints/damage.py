"""What a text lost on its way: marks, bullets, ends of sentences, line breaks."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ..lines import ends_sentence
from ..passages import Passage
from .sheet import Mark, Sheet, searched, start_of

MIN_WORDS = 12  # of a paragraph that must end like a sentence
MAX_WORDS = 9  # of a line that answers "at:"
_TAIL = 60  # characters at the end of a passage that are looked at

_GLUED_URL = re.compile(r"(?<=[^\W_])https?://[^\s<>]*")
_ITEM_MARK = re.compile(r"\s*(?:[•‣▪◦●○■□·*+–—-]|\(?[^\W_]{1,4}[.)])\s")
_BULLET = re.compile(r"\s*[^\w\s]\s")
_CUT = re.compile(
    r"\b(?:to|at|from|with|in|on|for|the|an?|our|your|via|under|into|than|that)$"
    r"|(?<![;,]) (?:and|or)$"
    r"|\b(?:available|contact|visit|address|here) (?:at|on|here|us at)\s?:$"
)
_ADDRESS = re.compile(r"@|://|www\.|\d{5}|\[dot\]")
_ENDS_PLAINLY = re.compile(r"(?:^|[\s(-])[^\W\d_A-Z]{2,}\)?$")
_LOST_BREAK = re.compile(
    r"(?<![/@.\w])[^\W\d_]{3,}[.!?][A-Z][a-z]+(?![\w/@.(])"  # necessary.Where
    r"|[^\W\d_]\)(?:\d+|[A-Z][a-z]+)"  # pm)Fax
    r"|\d\([A-Z][a-z]{3,}"  # 22(Monday
    r"|\d{2}[A-Z][a-z]{3,}:"  # 07Phone:
)


def glued_url(sheet: Sheet) -> Iterator[Mark]:
    yield from searched(sheet, _GLUED_URL)


def lost_bullet(sheet: Sheet) -> Iterator[Mark]:
    """An item without a mark in a clause whose other items have a bullet.

    A page or Word file has its numbers in the text, but never its bullets.
    """
    items = [passage for passage in sheet.passages if passage.opens]
    marked = {p.clause for p in items if _BULLET.match(sheet.line(p.lines[0]))}
    for passage in items:
        if passage.clause in marked and not _ITEM_MARK.match(sheet.line(passage.lines[0])):
            yield passage.lines, start_of(passage)


def cut_sentence(sheet: Sheet) -> Iterator[Mark]:
    """A paragraph that ends before what it announces."""
    for passage, after in pairwise([*sheet.passages, None]):
        found = (
            _CUT.search(passage.text[-_TAIL:]) if passage and passage.kind != "heading" else None
        )
        if passage and found and not _answers(passage, after):
            yield passage.lines, _end(passage)


def missing_full_stop(sheet: Sheet) -> Iterator[Mark]:
    """A long paragraph whose last word is a plain word without a mark."""
    for passage in sheet.bodies():
        tail = passage.text[-_TAIL:]
        if passage.kind != "text" or ends_sentence(tail) or _ADDRESS.search(tail):
            continue
        is_long = len(passage.text.split(maxsplit=MIN_WORDS)) > MIN_WORDS
        if is_long and _ENDS_PLAINLY.search(tail) and not _CUT.search(tail):
            yield passage.lines, _end(passage)


def lost_line_break(sheet: Sheet) -> Iterator[Mark]:
    yield from searched(sheet, _LOST_BREAK)


def _answers(passage: Passage, after: Passage | None) -> bool:
    """Whether what follows is what the passage announces: a list, an address, a short line."""
    if after is None or after.clause != passage.clause:
        return False
    if after.kind != "text":
        return True
    is_short = len(after.text.split(maxsplit=MAX_WORDS)) <= MAX_WORDS
    return passage.text.endswith(":") and (is_short or bool(_ADDRESS.search(after.text)))


def _end(passage: Passage) -> str:
    return " ".join(passage.text[-_TAIL:].split()[-5:])
