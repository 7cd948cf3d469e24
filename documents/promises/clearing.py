"""Was the promise kept? The decision over one Publication, from what was counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .demands import Window
from .vocabulary import Channel, ClockStart

# Channels that reach people only over time; posting is done when the text is announced.
TELLING = frozenset([Channel.EMAIL, Channel.SITE_NOTICE])


@dataclass(frozen=True)
class MailEvidence:
    """What was counted of one notice by e-mail. Instants are None if nothing was accepted.

    resent: sent twice, the answer lost both times. unsettled: anything that is
    not yet done with, and a relay's acceptance whose quiet days are not over.
    """

    planned: int
    accepted: int
    resent: int
    failed: int
    excluded: int
    unsettled: int
    first_told_at: datetime | None
    last_dispatched_at: datetime | None
    last_accepted_at: datetime | None
    deliveries_root: str

    @property
    def failed_percent(self) -> int:
        """Of those who were to be told, how many were not, rounded up; 100 where nobody was."""
        tried = self.accepted + self.resent + self.failed
        return -(-100 * self.failed // tried) if tried else 100


@dataclass(frozen=True)
class DisplayEvidence:
    """What a notice on the site was seen as, by looking at the page from outside.

    first_seen_at: None while it was not. notice_sha256: of the notice that was seen.
    """

    url: str
    notice_sha256: str
    first_seen_at: datetime | None
    seen: int
    missed: int


@dataclass(frozen=True)
class ClearanceEvidence:
    """What was counted for one Publication, by channel; None for what was not used."""

    mail: MailEvidence | None = None
    display: DisplayEvidence | None = None


class HoldReason(StrEnum):
    """Why a Publication may not take effect."""

    LATE = "late"
    EARLY = "early"
    OVERDUE = "overdue"
    BY_HAND = "by_hand"


class Decision(StrEnum):
    """What follows: clear it, wait for more, or have a named person answer for the failures."""

    CLEAR = "clear"
    WAIT = "wait"
    SIGN_OFF = "sign_off"
    LATE = HoldReason.LATE
    EARLY = HoldReason.EARLY


def decide(
    channels: Iterable[Channel],
    evidence: ClearanceEvidence,
    window: Window,
    clock_start: ClockStart,
    failures_allowed: int,
    is_signed_for: bool = False,
) -> Decision:
    """Whether every channel that was chosen has kept the promise.

    failures_allowed: percent of failures up to which nobody has to sign for
    them; where nobody was reached at all, somebody always has.
    """
    answers = {
        Channel.EMAIL: lambda: _mail(evidence.mail, window, clock_start),
        Channel.SITE_NOTICE: lambda: _display(evidence.display, window),
    }
    used = TELLING.intersection(channels)
    given = {answers[channel]() for channel in used}
    for answer in (Decision.LATE, Decision.EARLY, Decision.WAIT):
        if answer in given:
            return answer
    if Channel.EMAIL in used and not is_signed_for and _passes(evidence.mail, failures_allowed):
        return Decision.SIGN_OFF
    return Decision.CLEAR


def _passes(counted: MailEvidence | None, failures_allowed: int) -> bool:
    """Whether so many were not reached that somebody has to answer for it."""
    if counted is None or not counted.accepted:
        return True
    return counted.failed_percent > failures_allowed


def _mail(counted: MailEvidence | None, window: Window, clock_start: ClockStart) -> Decision:
    if counted is None:
        return Decision.WAIT
    is_dispatch = clock_start in {ClockStart.DISPATCHED, ClockStart.POSTED}
    last = counted.last_dispatched_at if is_dispatch else counted.last_accepted_at
    if last and last >= window.closes_at:
        return Decision.LATE
    if window.opens_at and counted.first_told_at and counted.first_told_at < window.opens_at:
        return Decision.EARLY
    return Decision.WAIT if counted.unsettled else Decision.CLEAR


def _display(seen: DisplayEvidence | None, window: Window) -> Decision:
    if seen is None or seen.first_seen_at is None:
        return Decision.WAIT
    if seen.first_seen_at >= window.closes_at:
        return Decision.LATE
    is_early = window.opens_at and seen.first_seen_at < window.opens_at
    return Decision.EARLY if is_early else Decision.CLEAR
