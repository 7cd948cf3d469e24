"""The dates a document states about itself: "Last updated: May 24, 2018".

English, French and German; and no 1/2/2020: whether that is January or
February cannot be told.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from .outline import LineRange

MAX_WORDS = 15  # a longer line tells more than a date

_NAMES = (
    "january february march april may june july august september october november december",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
)
_MONTHS = {name: n for names in _NAMES for n, name in enumerate(names.split(), 1)}
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4})\b"
_DATES = [
    re.compile(rf"\b{_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}"),
    re.compile(rf"\b{_DAY}(?:st|nd|rd|th|er|\.)?(?: of)? {_MONTH},? {_YEAR}"),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
]
_KINDS = {
    "amended_on": re.compile(
        r"\b(?:amended|updated|last update|revised|modified|last change"
        r"|version (?:of|from|dated|du|vom)"
        r"|mise à jour|modifiée? le|dernière modification|aktualisiert|geändert|überarbeitet"
        r"|stand(?=:| vom)|letzte (?:änderung|aktualisierung))\b"
    ),
    "effective_on": re.compile(
        r"\b(?:effective|in force|takes effect|en vigueur|gültig (?:ab|seit)"
        r"|in kraft|tritt am|wirksam ab)\b"
    ),
}


def stated_date(text: str) -> tuple[str, str] | None:
    """("amended_on" or "effective_on", ISO date) if that is what the line states."""
    return next(iter(_dates_in(text).items()), None)


def stated_dates(texts: Iterable[tuple[str, LineRange]]) -> dict[str, tuple[str, LineRange]]:
    """The first date of each kind, and the lines of the text that states it."""
    dates: dict[str, tuple[str, LineRange]] = {}
    for text, lines in texts:
        for kind, day in _dates_in(text).items():
            dates.setdefault(kind, (day, lines))
    return dates


def _dates_in(text: str) -> dict[str, str]:
    """Each kind's date is the one after its words, or else the first one."""
    words = text.casefold().split(maxsplit=MAX_WORDS)
    if len(words) > MAX_WORDS:
        return {}
    line = " ".join(words)
    days = sorted(_days_in(line))
    found = {kind: said.end() for kind, said in _said(line)}
    return {
        kind: next((day for at, day in days if at >= end), days[0][1]).isoformat()
        for kind, end in found.items()
        if days
    }


def _said(line: str) -> Iterator[tuple[str, re.Match[str]]]:
    return ((kind, said) for kind, words in _KINDS.items() if (said := words.search(line)))


def _days_in(line: str) -> Iterator[tuple[int, date]]:
    """The dates, each with the place where it begins."""
    for form in _DATES:
        for found in form.finditer(line):
            month = _MONTHS.get(found["month"]) or int(found["month"])
            try:
                yield found.start(), date(int(found["year"]), month, int(found["day"]))
            except ValueError:
                continue
