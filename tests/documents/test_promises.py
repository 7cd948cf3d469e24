"""Dates that follow from a promise."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.comparison import Significance
from documents.promises import (
    HOUSE_NOTICE_DAYS,
    Basis,
    Channel,
    ClearanceEvidence,
    HoldReason,
    Promise,
    Trigger,
    earliest_effective_on,
    from_record,
    notice_deadline,
    notice_required,
    reason_to_hold,
    start_of_day,
    to_record,
)
from documents.wording import promise_sentence

PARIS = ZoneInfo("Europe/Paris")
EMAIL = Promise(Trigger.MATERIAL, Channel.EMAIL, 10, Basis(interpretation_by="x"))
POSTING = Promise(Trigger.ANY, Channel.POSTING, None, Basis(interpretation_by="x"))
zones = st.sampled_from(["Europe/Paris", "Pacific/Kiritimati", "America/Santiago", "UTC"]).map(
    ZoneInfo
)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))


@given(instants, zones, st.integers(0, 90))
def test_everyone_told_on_the_day_of_announcement_gets_the_full_number_of_days(at, zone, days):
    promise = Promise(Trigger.ANY, Channel.EMAIL, days, Basis(interpretation_by="x"))
    effective_on = earliest_effective_on(promise, Significance.MATERIAL, at, zone)
    effective_at = start_of_day(effective_on, zone)
    deadline = notice_deadline(promise, effective_at, zone)
    assert at < deadline
    assert start_of_day(deadline.astimezone(zone).date(), zone) == deadline
    assert (effective_on - deadline.astimezone(zone).date()).days == days


def test_a_promise_without_a_number_takes_the_house_minimum_and_says_that_it_is_ours():
    promise = Promise(Trigger.ANY, Channel.EMAIL, None, Basis(interpretation_by="x"))
    announced = datetime(2026, 1, 1, 12, tzinfo=UTC)
    earliest = earliest_effective_on(promise, Significance.MINOR, announced, PARIS)
    assert earliest == date(2026, 1, 1) + timedelta(days=HOUSE_NOTICE_DAYS + 1)
    assert promise.days_are_ours


@pytest.mark.parametrize(
    ("promise", "significance", "required"),
    [
        (EMAIL, Significance.MATERIAL, True),
        (EMAIL, Significance.MINOR, False),
        (EMAIL, Significance.EDITORIAL, False),
        (POSTING, Significance.MATERIAL, False),
        (None, Significance.MATERIAL, False),
    ],
)
def test_who_must_be_told_one_by_one(promise, significance, required):
    assert notice_required(promise, significance) is required


@pytest.mark.parametrize("promise", [POSTING, None])
def test_what_needs_no_notice_may_take_effect_the_same_day(promise):
    at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert earliest_effective_on(promise, Significance.MATERIAL, at, PARIS) == date(2026, 3, 2)


def test_a_day_begins_at_its_first_instant_where_clocks_skip_midnight():
    santiago = ZoneInfo("America/Santiago")  # 2025-09-07 begins at 01:00
    begin = start_of_day(date(2025, 9, 7), santiago)
    assert begin.astimezone(santiago).date() == date(2025, 9, 7)
    assert (begin - timedelta(seconds=1)).astimezone(santiago).date() == date(2025, 9, 6)


def evidence(**values):
    counted = {
        "planned": 3,
        "accepted": 3,
        "resent": 0,
        "failed": 0,
        "excluded": 0,
        "unsettled": 0,
        "last_accepted_at": datetime(2026, 1, 1, tzinfo=UTC),
        "deliveries_root": "",
    }
    return ClearanceEvidence(**(counted | values))


DEADLINE = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("counted", "reason"),
    [
        ({}, None),
        ({"failed": 2, "accepted": 1}, None),
        ({"unsettled": 1, "accepted": 2}, HoldReason.UNSETTLED),
        ({"accepted": 0, "last_accepted_at": None}, HoldReason.NOBODY_TOLD),
        ({"last_accepted_at": DEADLINE}, HoldReason.LATE),
    ],
)
def test_what_holds_a_publication(counted, reason):
    assert reason_to_hold(evidence(**counted), DEADLINE) is reason


@pytest.mark.parametrize("promise", [EMAIL, POSTING])
def test_a_promise_survives_being_frozen(promise):
    assert from_record(to_record(promise)) == promise


@pytest.mark.parametrize(
    ("trigger", "days", "says"),
    [
        (Trigger.ANY, None, "Any change is told by posting the new text."),
        (Trigger.ANY, 1, "posting the new text at least 1 day before it takes effect."),
        (Trigger.MATERIAL, 14, "posting the new text at least 14 days before it takes effect."),
    ],
)
def test_a_posting_promise_says_its_days(trigger, days, says):
    promise = Promise(trigger, Channel.POSTING, days, Basis(interpretation_by="x"))
    assert promise_sentence(promise).endswith(says)
