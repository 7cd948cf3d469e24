"""What a file's name says of its place in a history: "002_2018-05-25_terms.md"."""

import re
from datetime import date

_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DAY = re.compile(rf"(?<![0-9]){_ISO}(?![0-9])")
_NUMBER = re.compile(rf"(?!{_ISO})([0-9]{{1,9}})(?![0-9])")


def day_in(name: str) -> date | None:
    """The first ISO date in the name that the calendar knows."""
    return next(filter(None, map(day_named, _DAY.findall(name))), None)


def day_named(text: str) -> date | None:
    """The date behind an ISO date; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def leading_number(name: str) -> int | None:
    """The number that the name begins with, if that is not its date."""
    found = _NUMBER.match(name)
    return int(found[1]) if found else None
