"""What a check finds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.formats import date_format

from documents.models import Publisher


@dataclass(frozen=True)
class Trouble:
    """One thing that needs a person.

    publisher: None for what concerns the whole installation. about: tells two
    troubles of one check apart, up to 60 characters. facts: fill the words.
    """

    publisher: Publisher | None = None
    about: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """title: the trouble in a few words; words: a sentence or two with slots for its facts."""

    name: str
    find: Callable[[datetime], Iterable[Trouble]]
    title: str
    words: str


@dataclass(frozen=True)
class Finding:
    check: Check
    trouble: Trouble

    @property
    def words(self):
        return str(self.check.words) % self.trouble.facts


def shown(at, publisher=None):
    """An instant in words, in the publisher's zone or in UTC."""
    if publisher is None:
        return f"{date_format(at, 'j F Y, H:i')} UTC"
    local = at.astimezone(publisher.zone)
    return f"{date_format(local, 'j F Y, H:i', use_l10n=False)} ({publisher.time_zone})"
