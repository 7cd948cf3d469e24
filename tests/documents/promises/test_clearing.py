"""Whether a promise was kept, from what was counted."""

from datetime import UTC, datetime, timedelta

import pytest

from documents.promises import (
    Channel,
    ClearanceEvidence,
    ClockStart,
    Decision,
    DisplayEvidence,
    HoldReason,
    MailEvidence,
    Window,
    decide,
)

EMAIL, SITE_NOTICE, POSTING = Channel.EMAIL, Channel.SITE_NOTICE, Channel.POSTING
CLOSES_AT = datetime(2026, 3, 10, 23, tzinfo=UTC)
OPENS_AT = CLOSES_AT - timedelta(days=30)
BEFORE_IT_CLOSES = CLOSES_AT - timedelta(days=1)
TICK = timedelta(microseconds=1)
CLEAR, WAIT, SIGN_OFF = Decision.CLEAR, Decision.WAIT, Decision.SIGN_OFF
LATE, EARLY = Decision.LATE, Decision.EARLY


def mail(**counted):
    """Three people, told in time."""
    values = {
        "planned": 3,
        "accepted": 3,
        "resent": 0,
        "failed": 0,
        "excluded": 0,
        "unsettled": 0,
        "first_told_at": BEFORE_IT_CLOSES,
        "last_dispatched_at": BEFORE_IT_CLOSES,
        "last_accepted_at": BEFORE_IT_CLOSES,
        "deliveries_root": "",
    }
    return MailEvidence(**(values | counted))


def nobody_told(**counted):
    never = {"first_told_at": None, "last_dispatched_at": None, "last_accepted_at": None}
    return mail(**({"accepted": 0} | never | counted))


def display(first_seen_at=BEFORE_IT_CLOSES):
    return DisplayEvidence("https://example.org/", "0" * 64, first_seen_at, seen=3, missed=0)


def decision(
    channels,
    mail=None,
    display=None,
    *,
    opens_at=None,
    clock_start=ClockStart.ACCEPTED,
    failures_allowed=10,
    signed=False,
):
    return decide(
        channels,
        ClearanceEvidence(mail, display),
        Window(opens_at, CLOSES_AT),
        clock_start,
        failures_allowed,
        is_signed_for=signed,
    )


# The channels of the five seed policies: e-mail (000, 001, 004), posting (002), either (003).


@pytest.mark.parametrize("evidence", [{}, {"mail": nobody_told(unsettled=3)}])
def test_posting_needs_no_evidence(evidence):
    assert decision([POSTING], **evidence) is CLEAR


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (None, WAIT),
        (mail(), CLEAR),
        (mail(accepted=2, unsettled=1), WAIT),
        (mail(accepted=2, excluded=1), CLEAR),
        (mail(accepted=2, resent=1), CLEAR),
        (mail(last_accepted_at=CLOSES_AT - TICK), CLEAR),
        (mail(last_accepted_at=CLOSES_AT), LATE),
        (mail(last_accepted_at=CLOSES_AT + TICK), LATE),
        (mail(accepted=2, unsettled=1, last_accepted_at=CLOSES_AT), LATE),
        (nobody_told(unsettled=3), WAIT),
        (nobody_told(failed=3), SIGN_OFF),
        (nobody_told(resent=3), SIGN_OFF),
    ],
)
def test_what_a_notice_by_email_decides(counted, expected):
    assert decision([EMAIL, POSTING], counted) is expected


@pytest.mark.parametrize("clock_start", [ClockStart.ACCEPTED, ClockStart.RECEIVED])
def test_where_acceptance_counts_it_is_acceptance_that_is_late(clock_start):
    sent_in_time = mail(last_dispatched_at=CLOSES_AT - TICK, last_accepted_at=CLOSES_AT)
    assert decision([EMAIL], sent_in_time, clock_start=clock_start) is LATE


@pytest.mark.parametrize("clock_start", [ClockStart.DISPATCHED, ClockStart.POSTED])
def test_where_dispatch_counts_acceptance_may_follow(clock_start):
    sent_in_time = mail(last_dispatched_at=CLOSES_AT - TICK, last_accepted_at=CLOSES_AT)
    assert decision([EMAIL], sent_in_time, clock_start=clock_start) is CLEAR
    sent_late = mail(last_dispatched_at=CLOSES_AT)
    assert decision([EMAIL], sent_late, clock_start=clock_start) is LATE


@pytest.mark.parametrize(
    ("first_told_at", "expected"),
    [(OPENS_AT - TICK, EARLY), (OPENS_AT, CLEAR), (OPENS_AT + TICK, CLEAR)],
)
@pytest.mark.parametrize("channel", [EMAIL, SITE_NOTICE])
def test_nobody_may_be_told_before_the_window_opens(channel, first_told_at, expected):
    evidence = {"mail": mail(first_told_at=first_told_at), "display": display(first_told_at)}
    assert decision([channel], **evidence, opens_at=OPENS_AT) is expected
    assert decision([channel], **evidence, opens_at=None) is CLEAR


def test_too_early_is_said_before_everybody_is_told():
    counted = mail(accepted=1, unsettled=2, first_told_at=OPENS_AT - TICK)
    assert decision([EMAIL], counted, opens_at=OPENS_AT) is EARLY


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (None, WAIT),
        (display(None), WAIT),
        (display(), CLEAR),
        (display(CLOSES_AT - TICK), CLEAR),
        (display(CLOSES_AT), LATE),
    ],
)
def test_what_a_notice_on_the_site_decides(seen, expected):
    assert decision([SITE_NOTICE, POSTING], display=seen) is expected


@pytest.mark.parametrize("seen", [None, display(None), display(CLOSES_AT)])
def test_a_channel_that_was_not_chosen_decides_nothing(seen):
    assert decision([EMAIL], mail(), seen) is CLEAR
    assert decision([SITE_NOTICE], nobody_told(failed=3), display()) is CLEAR


@pytest.mark.parametrize(
    ("counted", "seen", "expected"),
    [
        (mail(), display(), CLEAR),
        (mail(), None, WAIT),
        (None, display(), WAIT),
        (mail(), display(CLOSES_AT), LATE),
        (mail(last_accepted_at=CLOSES_AT), display(), LATE),
        (mail(last_accepted_at=CLOSES_AT), None, LATE),
        (mail(first_told_at=OPENS_AT - TICK), None, EARLY),
        (mail(first_told_at=OPENS_AT - TICK), display(CLOSES_AT), LATE),
        (nobody_told(failed=3), display(), SIGN_OFF),
        (nobody_told(failed=3), None, WAIT),
    ],
)
def test_two_channels_must_both_keep_the_promise_and_the_worst_is_said(counted, seen, expected):
    assert decision([EMAIL, SITE_NOTICE], counted, seen, opens_at=OPENS_AT) is expected


# Failures


@pytest.mark.parametrize(
    ("accepted", "failed", "percent"),
    [(100, 0, 0), (98, 2, 2), (97, 3, 3), (49, 1, 2), (48, 1, 3), (999_999, 1, 1), (0, 1, 100)],
)
def test_the_share_of_failures_is_rounded_up(accepted, failed, percent):
    assert mail(accepted=accepted, failed=failed).failed_percent == percent


def test_whoever_is_excluded_or_unsettled_is_no_part_of_the_share():
    counted = mail(accepted=40, resent=9, failed=1, excluded=1000, unsettled=1000)
    assert counted.failed_percent == 2


@pytest.mark.parametrize(
    ("accepted", "failed", "allowed", "expected"),
    [
        (3, 0, 0, CLEAR),
        (999_999, 1, 0, SIGN_OFF),
        (98, 2, 2, CLEAR),
        (97, 3, 2, SIGN_OFF),
        (48, 1, 2, SIGN_OFF),
        (1, 99, 99, CLEAR),
        (1, 199, 99, SIGN_OFF),
        (1, 199, 100, CLEAR),
    ],
)
def test_more_failures_than_allowed_need_a_signature(accepted, failed, allowed, expected):
    counted = mail(planned=accepted + failed, accepted=accepted, failed=failed)
    assert decision([EMAIL], counted, failures_allowed=allowed) is expected
    assert decision([EMAIL], counted, failures_allowed=allowed, signed=True) is CLEAR


@pytest.mark.parametrize("allowed", [0, 50, 100])
@pytest.mark.parametrize(
    "counted",
    [
        nobody_told(planned=0),
        nobody_told(planned=3, excluded=3),
        nobody_told(planned=1, failed=1),
        nobody_told(planned=3, failed=2, excluded=1),
    ],
    ids=["empty audience", "all excluded", "one person, failed", "failed or excluded"],
)
def test_r59_where_nobody_was_reached_somebody_signs_whatever_is_allowed(counted, allowed):
    assert decision([EMAIL], counted, failures_allowed=allowed) is SIGN_OFF
    assert decision([EMAIL], counted, failures_allowed=allowed, signed=True) is CLEAR


def test_r59_one_person_who_was_told_needs_no_signature():
    assert decision([EMAIL], mail(planned=1, accepted=1), failures_allowed=0) is CLEAR


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ({"mail": mail(last_accepted_at=CLOSES_AT)}, LATE),
        ({"mail": mail(first_told_at=OPENS_AT - TICK)}, EARLY),
        ({"mail": mail(accepted=1, failed=1, unsettled=1)}, WAIT),
        ({}, WAIT),
    ],
)
def test_a_signature_answers_for_failures_and_for_nothing_else(evidence, expected):
    assert decision([EMAIL], **evidence, opens_at=OPENS_AT, signed=True) is expected


def test_late_and_early_are_reasons_to_hold():
    assert {HoldReason(answer.value) for answer in (LATE, EARLY)} == {
        HoldReason.LATE,
        HoldReason.EARLY,
    }
