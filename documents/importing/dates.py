"""The dates a document states about itself: "Last updated: May 24, 2018".

English only, and no 1/2/2020: whether that is January or February cannot be
told.
"""

import re
from collections.abc import Iterable
from datetime import date

MAX_WORDS = 15  # a longer line tells more than a date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_ENGLISH_US = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b")
_ENGLISH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH}),? (\d{{4}})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_AMENDED = re.compile(r"\b(?:amended|updated|revised|modified|last change)\b")
_EFFECTIVE = re.compile(r"\b(?:effective|in force|takes effect)\b")


def stated_date(text: str) -> tuple[str, str] | None:
    """("amended_on" or "effective_on", ISO date) if that is what the line states."""
    words = text.casefold().split(maxsplit=MAX_WORDS)
    if len(words) > MAX_WORDS:
        return None
    line = " ".join(words)
    day = _day_in(line)
    if day and _AMENDED.search(line):
        return "amended_on", day.isoformat()
    if day and _EFFECTIVE.search(line):
        return "effective_on", day.isoformat()
    return None


def stated_dates(texts: Iterable[str]) -> dict[str, str]:
    """The first date of each kind."""
    dates: dict[str, str] = {}
    for stated in map(stated_date, texts):
        if stated:
            dates.setdefault(*stated)
    return dates


def _day_in(line: str) -> date | None:
    if found := _ENGLISH_US.search(line):
        month, day, year = found.groups()
    elif found := _ENGLISH.search(line):
        day, month, year = found.groups()
    elif found := _ISO.search(line):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), _month(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS.index(name) + 1
