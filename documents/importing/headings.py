"""Tells by its words alone whether a line opens a clause, and with what.

What stands around the line is openings.py's concern.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from .dates import stated_date
from .lines import ends_sentence
from .numbers import split_number
from .outline import MAX_HEADING

MAX_WORDS = 9  # of a heading
MAX_WORDS_OF_QUESTION = 12
MAX_WORDS_NUMBERED = 16  # a number in front makes a longer heading likely
MIN_CAPITALS = 5  # letters; fewer are an abbreviation

_CONTACT = re.compile(r"@|://|www\.|:\s.*\d")
_QUOTES = "\"'“‘«([¿"


@dataclass(frozen=True)
class Opening:
    """How a clause opens: number and heading as printed, and text on the same line."""

    number: str = ""
    heading: str = ""
    rest: str = ""


def numbered_opening(text: str, capitals: Counter[str]) -> Opening | None:
    """The opening that a printed number makes; a numbered sentence has no heading.

    capitals: how often the document has each word in capitals.
    """
    number, rest = split_number(text)
    if not number:
        return None
    if _is_short(rest, MAX_WORDS_NUMBERED, MAX_WORDS_NUMBERED) or _is_capitals(rest):
        return Opening(number, rest)
    glued = _glued_question(rest) or _glued_capitals(rest, capitals)
    return Opening(number, *glued) if glued else Opening(number, rest=rest)


def plain_opening(text: str) -> Opening | None:
    """The opening that a short line without an end mark makes, or a glued question."""
    if is_heading(text):
        return Opening(heading=text)
    glued = _glued_question(text) if _starts_like_heading(text) else None
    return Opening("", *glued) if glued else None


def is_heading(text: str) -> bool:
    """Whether a line without number reads like a heading."""
    if not _starts_like_heading(text) or not _is_short(text, MAX_WORDS, MAX_WORDS_OF_QUESTION):
        return False
    return not _CONTACT.search(text) and not stated_date(text)


def capital_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands there in capitals; abbreviations are not counted."""
    return Counter(word for text in texts for word in text.split() if _is_capitals(word))


def _starts_like_heading(text: str) -> bool:
    """With a letter that is not small; scripts without capitals have only such."""
    first = text.lstrip(_QUOTES)[:1]
    return first.isalpha() and not first.islower()


def _is_short(text: str, most: int, most_of_question: int) -> bool:
    """Whether it has few words and no end mark. A mark that stands alone is no word."""
    is_question = text.endswith("?")
    if len(text) > MAX_HEADING or (not is_question and ends_sentence(text)):
        return False
    words = sum(any(map(str.isalnum, word)) for word in text.split())
    return words <= (most_of_question if is_question else most)


def _glued_question(text: str) -> tuple[str, str] | None:
    """Splits "How can I do it? relies on you": a name between the two was deleted."""
    question, mark, rest = text.partition("? ")
    if not mark or not rest.lstrip()[:1].islower():
        return None
    heading = question + "?"
    return (heading, rest) if _is_short(heading, 0, MAX_WORDS_OF_QUESTION) else None


def _glued_capitals(text: str, capitals: Counter[str]) -> tuple[str, str] | None:
    """Splits "PURPOSE processes your data"; a name that recurs in capitals is no heading."""
    words = text.split()
    run = list(takewhile(str.isupper, words))
    heading, body = " ".join(run), " ".join(words[len(run) :])
    if not body[:1].islower() or not MIN_CAPITALS <= len(heading) <= MAX_HEADING:
        return None
    here = Counter(run)
    return None if all(capitals[word] > here[word] for word in here) else (heading, body)


def _is_capitals(text: str) -> bool:
    return MIN_CAPITALS <= len(text) <= MAX_HEADING and text.isupper()
