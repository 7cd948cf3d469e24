"""Where a publication stands by the log, and whether a record of it says the same.

The record is publication.json of an evidence folder, or a row of the product in that form.

Newer entries state the moment when a publication was cleared. Other moments are
only near the entry that tells of them: they are taken when an action begins,
the entry is dated when it ends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .chain import Link
from .contents import PUBLICATION, Contents, stated
from .reading import MOMENT, Unsound, is_same, moment

MAX_LAG = timedelta(minutes=10)
_IDS = frozenset(["publication", "policy", "number", "proposal", "proposal_sha256"])
_MOMENTS = frozenset(["announced_at", "cleared_at", "held_at", "withdrawn_at"])
_GIVEN = "given_on"  # old entries and folders have none, and tell of no text recorded later


@dataclass(frozen=True)
class Fact:
    """A moment that an entry vouches for: exactly ``stated_at``, or else shortly before it."""

    link: Link
    stated_at: str | None = None

    def confirm(self, text: str | None, name: str, where: str) -> datetime:
        """``text`` as an instant. Raises Unsound unless the entry vouches for it."""
        if text is None:
            raise Unsound(f"{where}: {name} is empty, but entry {self.link.seq} tells of it")
        found = moment(text, f"{where} {name}")
        is_near = timedelta() <= self.link.at - found <= MAX_LAG
        if not is_near or self.stated_at not in (None, text):
            raise Unsound(f"{where}: {name} is not what entry {self.link.seq} says")
        return found


def confirm(fact: Fact | None, text: str | None, name: str, where: str) -> datetime | None:
    """The instant, or None if there is none on either side. Raises Unsound where they differ."""
    if fact is not None:
        return fact.confirm(text, name, where)
    if text is not None:
        raise Unsound(f"{where}: {name} is {text}, and no entry says so")
    return None


@dataclass
class Standing:
    """What the log said last about a publication, and the moments that still hold."""

    said: dict[str, Any]
    announced_at: Fact
    cleared_at: Fact | None
    held_at: Fact | None = None
    withdrawn_at: Fact | None = None

    def follow(self, link: Link) -> None:
        """Take in a later entry about the publication."""
        follow = _FOLLOW.get(link.kind)
        if follow:
            follow(self, link)


def announced(published: Link) -> Standing:
    """Where a publication stands by the entry that announced it."""
    return Standing(dict(published.payload), Fact(published), _cleared_when_announced(published))


def timetable(contents: Contents) -> str:
    """The publication in the folder stands as the log says, from its announcement to the head."""
    published, pk = contents.published, contents.publication["publication"]
    stands = announced(published)
    for link, _sha256 in contents.chain:
        if link.seq > published.seq and link.payload.get("publication") == pk:
            stands.follow(link)
    return agreed(contents.publication, stands, PUBLICATION)


def agreed(publication: Mapping[str, Any], stands: Standing, where: str) -> str:
    """The dates are those of the log, and nothing takes effect that was not cleared before.

    publication: as publication.json has it. Returns the timetable in words.
    Raises Unsound with the first member that the log does not bear out.
    """
    if not is_same(publication.get(_GIVEN), stands.said.get(_GIVEN)):
        raise Unsound(f"{where}: {_GIVEN} is not what the log says")
    for name in sorted(publication.keys() - _IDS - _MOMENTS - {_GIVEN}):
        if name not in stands.said or not is_same(publication[name], stands.said[name]):
            raise Unsound(f"{where}: {name} is not what the log says")
    moments = {
        name: confirm(getattr(stands, name), publication[name], name, where)
        for name in sorted(_MOMENTS)
    }
    effective_at = moment(publication["effective_at"], f"{where} effective_at")
    _require_cleared_in_time(stands.cleared_at, moments["cleared_at"], effective_at)
    if moments["withdrawn_at"]:
        return f"announced {publication['announced_at']}, withdrawn {publication['withdrawn_at']}"
    if not moments["cleared_at"]:
        return f"announced {publication['announced_at']}; not cleared, so it does not take effect"
    return (
        f"announced {publication['announced_at']}, cleared {publication['cleared_at']}, "
        f"takes effect {publication['effective_at']}{_caveats(stands.said)}"
    )


def _require_cleared_in_time(
    fact: Fact | None, cleared_at: datetime | None, effective_at: datetime
) -> None:
    """An entry that only tells of the clearance must itself be dated in time."""
    if fact is None or cleared_at is None:
        return
    is_untold = fact.stated_at is None and fact.link.kind == "publication.cleared"
    if (fact.link.at if is_untold else cleared_at) > effective_at:
        raise Unsound(f"entry {fact.link.seq} clears the publication after it was to take effect")


def _caveats(said: dict[str, Any]) -> str:
    broken = "; the promise was not kept" if said.get("promise_kept") is False else ""
    carried, given_on = said.get("carries"), said.get(_GIVEN)
    notice = f"; the notice of publication {carried} counts for it" if carried else ""
    later = f"; recorded later, given as applied from {given_on}" if given_on else ""
    return broken + notice + later


def _cleared_when_announced(link: Link) -> Fact | None:
    """Old entries do not state it; there, what needs no notice is cleared when announced."""
    if "cleared_at" in link.payload:
        return _stated_clearance(link)
    return None if link.payload.get("notice_required") else Fact(link)


def _stated_clearance(link: Link) -> Fact | None:
    cleared_at = stated(link, "cleared_at", MOMENT)
    return None if cleared_at is None else Fact(link, cleared_at)


def _follow_new_timetable(found: Standing, link: Link) -> None:
    found.said |= link.payload
    found.held_at = None
    if "cleared_at" in link.payload:
        found.cleared_at = _stated_clearance(link)
    elif found.said.get("notice_required"):
        found.cleared_at = None


def _follow_clearance(found: Standing, link: Link) -> None:
    found.cleared_at = _stated_clearance(link) if "cleared_at" in link.payload else Fact(link)


def _follow_hold(found: Standing, link: Link) -> None:
    found.held_at, found.cleared_at = Fact(link), None


def _follow_withdrawal(found: Standing, link: Link) -> None:
    found.withdrawn_at = Fact(link)


_FOLLOW: dict[str, Callable[[Standing, Link], None]] = {
    "publication.rescheduled": _follow_new_timetable,
    "publication.overridden": _follow_new_timetable,
    "publication.cleared": _follow_clearance,
    "publication.held": _follow_hold,
    "publication.withdrawn": _follow_withdrawal,
    "publication.set_aside": _follow_withdrawal,
}
