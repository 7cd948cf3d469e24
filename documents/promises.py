"""What a policy promises about its own changes, and what follows from it.

Pure: the standard library only. A change is judged by the promise in force,
never by the one that it brings. Periods are whole legal days in the
publisher's time zone, and the day of the last mail is not counted: a promise
of 30 days gives everyone at least 30 full days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from documents.comparison import ClauseState, Significance

# Ours, not the law's and not the policy's: what "before" means where the
# policy names no number. Shown as such wherever it is applied.
HOUSE_NOTICE_DAYS = 30


class Trigger(StrEnum):
    """Which changes must be told."""

    ANY = "any"
    MATERIAL = "material"


class Channel(StrEnum):
    """How they are told."""

    EMAIL = "email"
    POSTING = "posting"


@dataclass(frozen=True)
class Basis:
    """What the promise rests on: a clause and its words, or somebody's interpretation."""

    clause_key: str = ""
    words: str = ""
    interpretation_by: str = ""


@dataclass(frozen=True)
class Promise:
    """A policy's promise. ``notice_days`` is None where the words name no number."""

    trigger: Trigger
    channel: Channel
    notice_days: int | None
    basis: Basis

    @property
    def days(self) -> int:
        """Full days between the last notice and the effect."""
        if self.channel is Channel.POSTING:
            return self.notice_days or 0
        return HOUSE_NOTICE_DAYS if self.notice_days is None else self.notice_days

    @property
    def days_are_ours(self) -> bool:
        return self.channel is Channel.EMAIL and self.notice_days is None


HOUSE_PROMISE = Promise(
    Trigger.MATERIAL, Channel.EMAIL, None, Basis(interpretation_by="house default")
)


@dataclass(frozen=True)
class ClearanceEvidence:
    """What was counted for one Publication. ``last_accepted_at`` is None if nothing was.

    ``resent``: sent twice, the answer lost both times.
    """

    planned: int
    accepted: int
    resent: int
    failed: int
    excluded: int
    unsettled: int
    last_accepted_at: datetime | None
    deliveries_root: str


class HoldReason(StrEnum):
    """Why a Publication may not take effect."""

    UNSETTLED = "unsettled"
    LATE = "late"
    NOBODY_TOLD = "nobody_told"
    OVERDUE = "overdue"


def to_record(promise: Promise) -> dict[str, Any]:
    """The form that a Version freezes: JSON values only."""
    return {"format": 1, **asdict(promise)}


def from_record(record: Mapping[str, Any]) -> Promise:
    """The reverse of to_record. Raises ValueError for a format that is not known."""
    if record["format"] != 1:
        raise ValueError(f"promise format {record['format']} is not known")
    return Promise(
        Trigger(record["trigger"]),
        Channel(record["channel"]),
        record["notice_days"],
        Basis(**record["basis"]),
    )


def cites(basis: Basis, clauses: Iterable[ClauseState]) -> bool:
    """Whether the clause that the basis names is among these and holds its words."""
    return any(clause.key == basis.clause_key and basis.words in clause.text for clause in clauses)


def triggered(promise: Promise | None, significance: Significance) -> bool:
    """Whether the promise speaks of a change of this significance.

    No promise means that nothing is in force yet: a first text changes nothing.
    """
    if promise is None:
        return False
    return promise.trigger is Trigger.ANY or significance is Significance.MATERIAL


def notice_required(promise: Promise | None, significance: Significance) -> bool:
    """Whether people must be told one by one before the change may take effect."""
    return (
        promise is not None
        and promise.channel is Channel.EMAIL
        and triggered(promise, significance)
    )


def earliest_effective_on(
    promise: Promise | None, significance: Significance, announced_at: datetime, zone: ZoneInfo
) -> date:
    """First legal day on which a change announced at this instant may take effect.

    The same day where nothing is promised for it; otherwise the day after the
    promised number of full days.
    """
    today = announced_at.astimezone(zone).date()
    if promise is None or not triggered(promise, significance):
        return today
    if promise.channel is Channel.POSTING and not promise.days:
        return today
    return today + timedelta(days=promise.days + 1)


def notice_deadline(promise: Promise, effective_at: datetime, zone: ZoneInfo) -> datetime:
    """The instant before which everyone must have been told, in UTC."""
    effective_on = effective_at.astimezone(zone).date()
    return start_of_day(effective_on - timedelta(days=promise.days), zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """First instant of a legal day, in UTC.

    Where clocks skip midnight the day begins at the first time that exists;
    where they repeat it, at the earlier of the two.
    """
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def reason_to_hold(evidence: ClearanceEvidence, deadline_at: datetime) -> HoldReason | None:
    """Why a Publication that needs notice is not cleared; None if the promise is kept."""
    if evidence.unsettled:
        return HoldReason.UNSETTLED
    if evidence.last_accepted_at is None:
        return HoldReason.NOBODY_TOLD
    if evidence.last_accepted_at >= deadline_at:
        return HoldReason.LATE
    return None
