"""Periods and days. All days are legal days in one time zone; instants are aware, in UTC.

A period is whole: the day on which somebody is told is not counted, and the
change takes effect on the first day after the period's last. A month ends on
the day of the same figure, or on the month's last day where there is none.
Source: Regulation (EEC, Euratom) 1182/71, article 3, which counts the same way.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from .vocabulary import Period, Unit

ONE_DAY = timedelta(days=1)
MAX_COUNT = {Unit.DAYS: 3650, Unit.WORKING_DAYS: 2500, Unit.MONTHS: 120}


class SkippedTime(ValueError):
    """The clocks jump over this time of day. ``next_at``: the first instant after the gap."""

    def __init__(self, next_at: datetime) -> None:
        super().__init__(f"skipped; next is {next_at.isoformat()}")
        self.next_at = next_at


class AmbiguousTime(ValueError):
    """The clocks show this time of day twice; somebody must choose which."""


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """First instant of a legal day, in UTC.

    Where clocks skip midnight the day begins at the first time that exists;
    where they repeat it, at the earlier of the two.
    """
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def legal_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def wall_clock(day: date, at: time, zone: ZoneInfo, later: bool | None = None) -> datetime:
    """The instant, in UTC, at which a clock in the zone shows this day and time.

    later: which of the two where clocks are set back. Raises AmbiguousTime if
    it is then not given, and SkippedTime where clocks are set forward past it.
    """
    early, late = (datetime.combine(day, at, zone).replace(fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return early.astimezone(UTC)
    if early.astimezone(UTC) > late.astimezone(UTC):
        raise SkippedTime(_end_of_gap(early, late))
    if later is None:
        raise AmbiguousTime
    return (late if later else early).astimezone(UTC)


def _end_of_gap(early: datetime, late: datetime) -> datetime:
    """Where clocks jump: fold 0 reads with the offset before it, fold 1 with the one after."""
    before, after = late.astimezone(UTC), early.astimezone(UTC)
    zone = early.tzinfo
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)


def add_months(day: date, months: int) -> date:
    """The day of the same figure so many months on, or the month's last where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_working_day(day: date, region: str) -> bool:
    """Monday to Friday and no public holiday of the region."""
    return day.weekday() < calendar.SATURDAY and not (region and day in _holidays(region, day.year))


@lru_cache(maxsize=256)
def _holidays(region: str, year: int) -> frozenset[date]:
    country, _dash, part = region.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


def knows_calendar(region: str) -> bool:
    """Whether there is a calendar of public holidays under this name; the empty one there is."""
    country, dash, part = region.partition("-")
    regions = holidays.list_supported_countries(include_aliases=False)
    return not region or (country in regions and (part in regions[country] if dash else True))


def add_period(day: date, period: Period) -> date:
    """The last day of a period that begins the day after ``day``."""
    if period.unit is Unit.DAYS:
        return day + timedelta(days=period.count)
    if period.unit is Unit.MONTHS:
        return add_months(day, period.count)
    left = period.count
    while left:
        day += ONE_DAY
        left -= is_working_day(day, period.calendar)
    return day


def first_day_after(told_on: date, period: Period) -> date:
    """The earliest effect for somebody told on this day, who is owed the period."""
    return add_period(told_on, period) + ONE_DAY


def last_day_to_tell(effective_on: date, period: Period) -> date:
    """The latest day on which to tell somebody who is owed the period before this day."""
    day = effective_on - _about(period)
    while first_day_after(day, period) <= effective_on:
        day += ONE_DAY
    while first_day_after(day, period) > effective_on:
        day -= ONE_DAY
    return day


def first_day_to_tell(effective_on: date, period: Period) -> date:
    """The earliest day on which to tell somebody of an effect at most so far ahead."""
    day = effective_on - _about(period)
    while add_period(day, period) >= effective_on:
        day -= ONE_DAY
    while add_period(day, period) < effective_on:
        day += ONE_DAY
    return day


def _about(period: Period) -> timedelta:
    return timedelta(
        days={
            Unit.DAYS: period.count,
            Unit.WORKING_DAYS: period.count * 7 // 5,
            Unit.MONTHS: period.count * 30,
        }[period.unit]
    )


@dataclass(frozen=True)
class Effect:
    """When a change is to take effect, as a person says it.

    on: a legal day; None: when it is announced. at: a time of that day; None:
    with the day. later: which of two, where clocks show that time twice.
    """

    on: date | None = None
    at: time | None = None
    later: bool | None = None

    def instant(self, announced_at: datetime, zone: ZoneInfo) -> datetime:
        """In UTC. With the day of the announcement it is the announcement: nothing is back-dated.

        Raises SkippedTime, AmbiguousTime.
        """
        if self.on is None:
            return announced_at
        if self.at is not None:
            return wall_clock(self.on, self.at, zone, self.later)
        begin = start_of_day(self.on, zone)
        return announced_at if legal_day(announced_at, zone) == self.on else begin

    @property
    def local(self) -> str:
        """Such as ``2026-03-01``, ``2026-03-01T09:00`` or ``2026-10-25T02:30 later``."""
        if self.on is None:
            return ""
        text = f"{self.on:%Y-%m-%d}" + (f"T{self.at:%H:%M}" if self.at else "")
        return text if self.later is None else f"{text} {'later' if self.later else 'earlier'}"

    @classmethod
    def parse(cls, local: str) -> "Effect":
        """The reverse of ``local``. Raises ValueError."""
        if not local:
            return cls()
        text, _space, which = local.partition(" ")
        day, has_time, at = text.partition("T")
        choices = {"": None, "later": True, "earlier": False}
        if which not in choices:
            raise ValueError(f"neither earlier nor later: {which}")
        return cls(
            date.fromisoformat(day),
            time.fromisoformat(at) if has_time else None,
            choices[which],
        )


def zone_drift(effective_at: datetime, local: str, zone: ZoneInfo) -> timedelta:
    """How far a stored instant is from what its wall clock would mean under today's zone rules."""
    effect = Effect.parse(local)
    if effect.on is None:
        return timedelta(0)
    if effect.at is None:
        return _day_drift(effective_at, effect.on, zone)
    try:
        return wall_clock(effect.on, effect.at, zone, effect.later) - effective_at
    except SkippedTime as skipped:
        return skipped.next_at - effective_at
    except AmbiguousTime:
        either = (wall_clock(effect.on, effect.at, zone, later) for later in (False, True))
        return min((at - effective_at for at in either), key=abs)


def _day_drift(effective_at: datetime, day: date, zone: ZoneInfo) -> timedelta:
    """A day of which the announcement was part may begin before the effect; no other may."""
    if legal_day(effective_at, zone) == day and effective_at > start_of_day(day, zone):
        return timedelta(0)
    return start_of_day(day, zone) - effective_at
