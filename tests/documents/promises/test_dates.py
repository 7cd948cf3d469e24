"""Days, periods and instants: R-36 skipped and repeated times, R-38 months, R-39 far zones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.promises import (
    AmbiguousTime,
    Effect,
    Period,
    SkippedTime,
    Unit,
    legal_day,
    start_of_day,
    wall_clock,
    zone_drift,
)
from documents.promises.dates import (
    add_months,
    add_period,
    first_day_after,
    first_day_to_tell,
    is_working_day,
    knows_calendar,
    last_day_to_tell,
)

from .owed import ONE_DAY, has_whole_period
from .terms import PARIS, instants, zones

LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SANTIAGO = ZoneInfo("America/Santiago")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")  # UTC+14
BAKER = ZoneInfo("Etc/GMT+12")  # UTC-12, by the reversed sign of these names
TICK = timedelta(microseconds=1)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


# Times of day


@pytest.mark.parametrize(
    ("zone", "day", "at", "next_at"),
    [
        (PARIS, SPRING, time(2, 0), utc(2026, 3, 29, 1)),
        (PARIS, SPRING, time(2, 30), utc(2026, 3, 29, 1)),
        (PARIS, SPRING, time(2, 59, 59), utc(2026, 3, 29, 1)),
        (LORD_HOWE, date(2026, 10, 4), time(2, 15), utc(2026, 10, 3, 15, 30)),
        (SANTIAGO, date(2026, 9, 6), time(0, 0), utc(2026, 9, 6, 4)),
        (SANTIAGO, date(2026, 9, 6), time(0, 30), utc(2026, 9, 6, 4)),
    ],
)
def test_r36_a_time_that_the_clocks_skip_is_refused_with_the_next_one(zone, day, at, next_at):
    with pytest.raises(SkippedTime) as skipped:
        wall_clock(day, at, zone)
    assert skipped.value.next_at == next_at


@pytest.mark.parametrize(
    ("zone", "day", "at", "earlier", "later"),
    [
        (PARIS, AUTUMN, time(2, 0), utc(2026, 10, 25, 0), utc(2026, 10, 25, 1)),
        (PARIS, AUTUMN, time(2, 30), utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)),
        (
            LORD_HOWE,
            date(2026, 4, 5),
            time(1, 45),
            utc(2026, 4, 4, 14, 45),
            utc(2026, 4, 4, 15, 15),
        ),
        (SANTIAGO, date(2026, 4, 4), time(23, 30), utc(2026, 4, 5, 2, 30), utc(2026, 4, 5, 3, 30)),
    ],
)
def test_r36_of_a_time_that_the_clocks_show_twice_one_must_be_chosen(zone, day, at, earlier, later):
    with pytest.raises(AmbiguousTime):
        wall_clock(day, at, zone)
    assert wall_clock(day, at, zone, later=False) == earlier
    assert wall_clock(day, at, zone, later=True) == later


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        (PARIS, SPRING, time(1, 59), utc(2026, 3, 29, 0, 59)),
        (PARIS, SPRING, time(3, 0), utc(2026, 3, 29, 1)),
        (PARIS, AUTUMN, time(1, 59), utc(2026, 10, 24, 23, 59)),
        (PARIS, AUTUMN, time(3, 0), utc(2026, 10, 25, 2)),
        (LORD_HOWE, date(2026, 10, 4), time(2, 30), utc(2026, 10, 3, 15, 30)),
        (SANTIAGO, date(2026, 4, 5), time(0, 0), utc(2026, 4, 5, 4)),
    ],
)
@pytest.mark.parametrize("later", [None, False, True])
def test_r36_times_beside_a_change_of_clocks_exist_once_whatever_was_chosen(
    zone, day, at, expected, later
):
    assert wall_clock(day, at, zone, later) == expected


@given(instants, zones)
def test_r36_every_instant_is_found_again_by_what_the_clock_shows(at, zone):
    local = at.astimezone(zone)
    assert wall_clock(local.date(), local.time(), zone, later=bool(local.fold)) == at


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.times(), zones)
def test_r36_after_a_skipped_time_comes_the_first_instant_after_the_gap(day, at, zone):
    try:
        wall_clock(day, at, zone, later=False)
    except SkippedTime as skipped:
        before, after = skipped.next_at - TICK, skipped.next_at
        assert before.astimezone(zone).replace(tzinfo=None) < datetime.combine(day, at)
        assert after.astimezone(zone).replace(tzinfo=None) > datetime.combine(day, at)


@pytest.mark.parametrize(
    ("zone", "day", "begins_at"),
    [
        (SANTIAGO, date(2026, 9, 6), utc(2026, 9, 6, 4)),  # midnight is skipped
        (ZoneInfo("America/Havana"), date(2026, 11, 1), utc(2026, 11, 1, 4)),  # and here repeated
        (PARIS, SPRING, utc(2026, 3, 28, 23)),
        (PARIS, AUTUMN, utc(2026, 10, 24, 22)),
    ],
)
def test_r36_a_day_begins_at_its_first_instant(zone, day, begins_at):
    assert start_of_day(day, zone) == begins_at
    assert legal_day(begins_at, zone) == day
    assert legal_day(begins_at - TICK, zone) == day - ONE_DAY


@given(instants, zones)
def test_r36_every_instant_lies_in_its_legal_day(at, zone):
    day = legal_day(at, zone)
    assert start_of_day(day, zone) <= at < start_of_day(day + ONE_DAY, zone)


# Far zones


def test_r39_one_instant_has_three_legal_days():
    at = utc(2026, 3, 1, 11, 30)
    days = [legal_day(at, zone) for zone in (KIRITIMATI, PARIS, BAKER)]
    assert days == [date(2026, 3, 2), date(2026, 3, 1), date(2026, 2, 28)]


def test_r39_a_legal_day_begins_26_hours_apart():
    day = date(2026, 3, 1)
    assert start_of_day(day, KIRITIMATI) == utc(2026, 2, 28, 10)
    assert start_of_day(day, BAKER) == utc(2026, 3, 1, 12)


# What a person says of the effect

ANNOUNCED = utc(2026, 3, 1, 10)


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (Effect(), ANNOUNCED),
        (Effect(date(2026, 3, 1)), ANNOUNCED),
        (Effect(date(2026, 3, 2)), utc(2026, 3, 1, 23)),
        (Effect(date(2026, 3, 2), time(9)), utc(2026, 3, 2, 8)),
        (Effect(date(2026, 3, 2), time(0)), utc(2026, 3, 1, 23)),
        (Effect(date(2026, 3, 1), time(9)), utc(2026, 3, 1, 8)),
        (Effect(date(2026, 2, 28)), utc(2026, 2, 27, 23)),
        (Effect(AUTUMN, time(2, 30), later=True), utc(2026, 10, 25, 1, 30)),
    ],
)
def test_an_effect_is_when_announced_or_when_the_day_begins_or_at_its_time(effect, expected):
    assert effect.instant(ANNOUNCED, PARIS) == expected


def test_r36_an_effect_at_a_time_that_does_not_exist_or_exists_twice_is_refused():
    with pytest.raises(SkippedTime):
        Effect(SPRING, time(2, 30)).instant(ANNOUNCED, PARIS)
    with pytest.raises(AmbiguousTime):
        Effect(AUTUMN, time(2, 30)).instant(ANNOUNCED, PARIS)


@pytest.mark.parametrize(
    ("effect", "local"),
    [
        (Effect(), ""),
        (Effect(date(2026, 3, 1)), "2026-03-01"),
        (Effect(date(2026, 3, 1), time(0)), "2026-03-01T00:00"),
        (Effect(date(2026, 3, 1), time(9, 5)), "2026-03-01T09:05"),
        (Effect(AUTUMN, time(2, 30), later=True), "2026-10-25T02:30 later"),
        (Effect(AUTUMN, time(2, 30), later=False), "2026-10-25T02:30 earlier"),
    ],
)
def test_an_effect_is_kept_as_it_was_said(effect, local):
    assert effect.local == local
    assert Effect.parse(local) == effect


@pytest.mark.parametrize("text", ["soon", "2026-02-30", "2026-03-01T25:00", "2026-03-01T09:00 at"])
def test_an_effect_that_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        Effect.parse(text)


# Zone rules that change after an effect was set


@pytest.mark.parametrize(
    ("effective_at", "local", "hours"),
    [
        (utc(2026, 7, 1, 7), "2026-07-01T09:00", 0),
        (utc(2026, 7, 1, 8), "2026-07-01T09:00", -1),  # as if summer time had been given up
        (utc(2026, 6, 30, 22), "2026-07-01", 0),
        (utc(2026, 6, 30, 21), "2026-07-01", 1),
        (utc(2026, 7, 1, 7), "2026-07-01", 0),  # in the middle of the day: when it was announced
        (utc(2026, 3, 29, 0, 30), "2026-03-29T02:30", 0.5),  # the time is skipped now
        (utc(2026, 10, 25, 0, 30), "2026-10-25T02:30", 0),  # the time comes twice now
        (utc(2026, 10, 25, 1, 30), "2026-10-25T02:30", 0),
        (utc(2026, 10, 25, 2, 30), "2026-10-25T02:30", -1),
        (utc(2026, 10, 25, 1, 30), "2026-10-25T02:30 later", 0),
        (utc(2026, 7, 1, 7), "", 0),
    ],
)
def test_r37_a_stored_instant_is_compared_with_what_its_wall_clock_means_now(
    effective_at, local, hours
):
    assert zone_drift(effective_at, local, PARIS) == timedelta(hours=hours)


# Periods

A_MONTH, TWO_MONTHS = Period(1, Unit.MONTHS), Period(2, Unit.MONTHS)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 1, date(2028, 3, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_r38_a_month_ends_on_the_same_figure_or_on_the_last_day(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("effective_on", "period", "last_day"),
    [
        (date(2026, 3, 31), A_MONTH, date(2026, 2, 28)),
        (date(2028, 3, 31), A_MONTH, date(2028, 2, 29)),
        (date(2026, 3, 1), A_MONTH, date(2026, 1, 31)),
        (date(2026, 4, 30), TWO_MONTHS, date(2026, 2, 28)),
        (date(2028, 4, 30), TWO_MONTHS, date(2028, 2, 29)),
        (date(2026, 5, 1), TWO_MONTHS, date(2026, 2, 28)),
        (date(2026, 3, 31), Period(30), date(2026, 2, 28)),
        (date(2028, 3, 31), Period(30), date(2028, 2, 29)),
    ],
)
def test_r38_the_last_day_to_tell_at_the_end_of_months(effective_on, period, last_day):
    assert last_day_to_tell(effective_on, period) == last_day


PERIODS = [
    *(Period(count) for count in (1, 10, 15, 30, 45, 60)),
    *(
        Period(count, Unit.WORKING_DAYS, calendar)
        for count in (1, 5, 10)
        for calendar in ("", "FR")
    ),
    *(Period(count, Unit.MONTHS) for count in (1, 2, 3, 6)),
]
every_period = pytest.mark.parametrize(
    "period", PERIODS, ids=lambda period: f"{period.count}_{period.unit}{period.calendar}"
)
EVERY_DAY = [date(2024, 1, 1) + timedelta(days=n) for n in range(3288)]
assert EVERY_DAY[-1] == date(2032, 12, 31)


@every_period
def test_r38_told_on_any_day_the_effect_is_the_first_day_with_the_whole_period_before_it(period):
    for told_on in EVERY_DAY:
        first = first_day_after(told_on, period)
        assert has_whole_period(told_on, first, period), told_on
        assert not has_whole_period(told_on, first - ONE_DAY, period), told_on


@every_period
def test_r38_the_last_day_to_tell_is_the_last_that_gives_the_whole_period(period):
    for effective_on in EVERY_DAY:
        last = last_day_to_tell(effective_on, period)
        assert has_whole_period(last, effective_on, period), effective_on
        assert not has_whole_period(last + ONE_DAY, effective_on, period), effective_on
        assert first_day_after(last, period) <= effective_on
        assert first_day_after(last + ONE_DAY, period) > effective_on


@every_period
def test_r38_the_first_day_to_tell_is_the_first_whose_period_reaches_the_effect(period):
    for effective_on in EVERY_DAY:
        first = first_day_to_tell(effective_on, period)
        assert add_period(first, period) >= effective_on
        assert add_period(first - ONE_DAY, period) < effective_on


@every_period
def test_r38_whoever_is_told_later_never_has_an_earlier_effect(period):
    for days in (
        [first_day_after(day, period) for day in EVERY_DAY],
        [last_day_to_tell(day, period) for day in EVERY_DAY],
        [first_day_to_tell(day, period) for day in EVERY_DAY],
    ):
        assert days == sorted(days)


@pytest.mark.parametrize("zone", [PARIS, SANTIAGO, LORD_HOWE, KIRITIMATI, BAKER], ids=str)
@pytest.mark.parametrize("days", [1, 10, 30, 60])
def test_r38_told_in_the_last_minute_of_a_day_nobody_has_fewer_days_than_promised(days, zone):
    for told_on in EVERY_DAY:
        ends_at = datetime.combine(told_on + timedelta(days=days), time(23, 59), zone)
        effective_at = start_of_day(first_day_after(told_on, Period(days)), zone)
        assert ends_at.astimezone(UTC) <= effective_at, told_on


@pytest.mark.parametrize("zone", [PARIS, SANTIAGO, LORD_HOWE, KIRITIMATI, BAKER], ids=str)
@pytest.mark.parametrize("months", [1, 2, 6])
def test_r38_told_in_the_last_minute_of_a_day_nobody_has_shorter_months_than_promised(months, zone):
    for told_on in EVERY_DAY:
        year, month = told_on.year, told_on.month + months
        if month > 12:
            year, month = year + 1, month - 12
        figure = told_on.day
        while not is_day(year, month, figure):
            figure -= 1
        ends_at = datetime(year, month, figure, 23, 59, tzinfo=zone)
        effective_at = start_of_day(first_day_after(told_on, Period(months, Unit.MONTHS)), zone)
        assert ends_at.astimezone(UTC) <= effective_at, told_on


def is_day(year, month, figure):
    try:
        date(year, month, figure)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("unit", Unit)
def test_a_period_of_nothing_means_told_the_day_before(unit):
    day = date(2026, 3, 10)
    assert first_day_after(day, Period(0, unit)) == day + ONE_DAY
    assert last_day_to_tell(day, Period(0, unit)) == day - ONE_DAY


# Working days


@pytest.mark.parametrize(
    ("told_on", "count", "region", "first"),
    [
        # 30 April 2026 is a Thursday; 1, 8 and 14 May are holidays in France.
        (date(2026, 4, 30), 10, "", date(2026, 5, 15)),
        (date(2026, 4, 30), 10, "FR", date(2026, 5, 20)),
        # Epiphany is a holiday in Bavaria alone.
        (date(2026, 1, 5), 1, "DE", date(2026, 1, 7)),
        (date(2026, 1, 5), 1, "DE-BY", date(2026, 1, 8)),
        # Independence Day is a Saturday in 2026 and kept on the Friday; Thanksgiving is a Thursday.
        (date(2026, 7, 2), 1, "US", date(2026, 7, 7)),
        (date(2026, 11, 25), 1, "US", date(2026, 11, 28)),
        # New Year's Day of 2028 is a Saturday and kept in the year before.
        (date(2027, 12, 30), 1, "US", date(2028, 1, 4)),
        # Told on a Saturday.
        (date(2026, 3, 7), 1, "", date(2026, 3, 10)),
    ],
)
def test_working_days_leave_out_weekends_and_public_holidays(told_on, count, region, first):
    assert first_day_after(told_on, Period(count, Unit.WORKING_DAYS, region)) == first


def test_a_calendar_matters_to_working_days_alone():
    assert add_period(date(2026, 4, 30), Period(1, calendar="FR")) == date(2026, 5, 1)


@pytest.mark.parametrize("region", ["", "FR", "DE", "DE-BY", "US", "US-CA", "GB-SCT", "CA-QC"])
def test_calendars_that_are_known(region):
    assert knows_calendar(region)
    assert is_working_day(date(2026, 3, 10), region)


@pytest.mark.parametrize("region", ["XX", "FR-XX", "DE-", "-BY", "fr", "France", "DE BY", "FR,DE"])
def test_calendars_that_are_not_known(region):
    assert not knows_calendar(region)


def test_an_unknown_calendar_is_never_taken_for_one_without_holidays():
    with pytest.raises(NotImplementedError):
        add_period(date(2026, 3, 10), Period(1, Unit.WORKING_DAYS, "XX"))
