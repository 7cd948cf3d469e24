"""How many messages may go when, and when a notice stops itself."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from legalcms import clock
from notifications.actions.claim import claim
from notifications.actions.fan_out import fan_out_notices
from notifications.actions.pause_notice import resume_notice
from notifications.actions.send_batch import send_batch
from notifications.models import Attempt, Delivery, Notice, Rate, Recipient, WarmUpDay
from notifications.schedule import (
    WINDOW_MOST,
    WINDOW_SPAN,
    alarm,
    allowance,
    next_window,
    taken,
)
from tests import factories

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@given(
    most=st.integers(1, 400),
    waits=st.lists(st.floats(0, 90), min_size=1, max_size=60),
    late=st.floats(0, 2),
)
def test_no_minute_holds_more_than_the_rate_however_workers_come(most, waits, late):
    """Sent up to two seconds after it was allowed, as late as a claim may be."""
    sent, free_at, now = [], None, NOW
    for place, wait in enumerate(waits):
        now += timedelta(seconds=wait)
        number = allowance(most, MINUTE, free_at, now)
        free_at = taken(number, most, MINUTE, free_at, now) if number else free_at
        sent += [now + timedelta(seconds=late * (place % 2))] * number
    sent.sort()
    for place, first in enumerate(sent):
        later = sent[place + most : place + most + 1]
        assert not later or later[0] - first >= MINUTE


def test_a_rate_is_used_up_by_a_worker_that_comes_each_second():
    free_at, total = None, 0
    for second in range(600):
        now = NOW + timedelta(seconds=second)
        number = allowance(100, MINUTE, free_at, now)
        free_at = taken(number, 100, MINUTE, free_at, now) if number else free_at
        total += number
    assert 800 < total <= 1000


@pytest.mark.parametrize(
    ("size", "seconds", "following"),
    [(1, 0.15, 1), (1, 0.001, 4), (100, 0.01, 400), (400, 0.01, WINDOW_MOST), (64, 2.0, 6)],
)
def test_a_window_is_what_goes_over_in_its_span(size, seconds, following):
    assert next_window(size, seconds) == following
    assert WINDOW_SPAN == 0.2


@pytest.mark.parametrize(
    ("answered", "bounced", "blocked", "reason"),
    [
        (66, 20, 0, "bounces"),
        (67, 20, 0, ""),
        (19, 19, 0, ""),
        (100, 0, 10, "content"),
        (9, 0, 9, ""),
        (1000, 0, 49, ""),
    ],
)
def test_a_notice_stops_at_a_share_and_a_number(answered, bounced, blocked, reason):
    assert alarm(answered, bounced, blocked) == reason


@pytest.fixture
def small_windows(monkeypatch):
    monkeypatch.setattr("notifications.actions.send_batch.next_window", lambda size, seconds: 5)


def audience(announced, number, domain="a.example"):
    Recipient.objects.bulk_create(
        Recipient(
            publisher=announced.publisher,
            email=f"p{n}@{domain}",
            email_key=f"p{n}@{domain}",
            joined_at=announced.notice.opened_at,
        )
        for n in range(number)
    )


def domains():
    sent = Delivery.objects.filter(state="accepted").values_list("recipient__email", flat=True)
    return Counter(email.rpartition("@")[2] for email in sent)


@pytest.mark.django_db
def test_a_slow_domain_gets_its_rate_and_holds_up_nobody(announced, smtp):
    audience(announced, 40)
    Rate.objects.create(domain="a.example", most=10)
    at = clock.now()
    with time_machine.travel(at, tick=False):
        factories.work()
        assert domains() == {"a.example": 1, "example.org": 3}
    for second in range(1, 121):
        with time_machine.travel(at + timedelta(seconds=second), tick=False):
            send_batch()
    assert 15 <= domains()["a.example"] <= 20
    times = sorted(
        Attempt.objects.filter(delivery__recipient__email__endswith="@a.example").values_list(
            "started_at", flat=True
        )
    )
    assert all(b - a >= MINUTE for a, b in zip(times, times[10:], strict=False))
    waiting = Delivery.objects.filter(state="planned")
    assert {(each.tried, each.reason) for each in waiting} == {(0, "")}


@pytest.mark.django_db
def test_whoever_must_wait_does_not_end_a_run_for_the_others(announced, smtp):
    Recipient.objects.filter(publisher=announced.publisher).update(left_at=clock.now())
    audience(announced, 30)
    audience(announced, 5, "b.example")
    Rate.objects.create(domain="a.example", most=1)
    fan_out_notices()
    send_batch()
    assert domains() == {"a.example": 1, "b.example": 5}


@pytest.mark.django_db
def test_the_rate_in_all_holds_after_an_outage_and_the_most_urgent_go_first(announced, smtp):
    audience(announced, 40)
    other = factories.policy(announced.admin)
    factories.publish(other, announced.admin)
    factories.recipients(other.publisher, announced.admin, count=5)
    urgent = factories.publish(other, announced.admin, factories.MATERIAL_TEXT).notices.get()
    urgent.deadline_at = announced.notice.deadline_at - MINUTE
    urgent.save()
    Rate.objects.create(domain=Rate.ALL, most=30)
    fan_out_notices()
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        factories.work()
    assert Delivery.objects.filter(state="accepted").count() == 3
    assert set(Delivery.objects.filter(state="accepted").values_list("notice", flat=True)) == {
        urgent.pk
    }


@pytest.mark.django_db
def test_a_day_of_a_warm_up_is_not_exceeded_and_the_next_begins_anew(announced, smtp):
    today = clock.now().date()
    WarmUpDay.objects.create(on=today, most=2)
    WarmUpDay.objects.create(on=today + timedelta(days=1), most=50)
    Notice.objects.update(deadline_at=clock.now() + timedelta(days=9))
    fan_out_notices()
    send_batch()
    assert send_batch() == 0
    assert Delivery.objects.filter(state="accepted").count() == 2
    assert WarmUpDay.objects.get(on=today).used == 2
    with time_machine.travel(clock.now() + timedelta(hours=11), tick=False):
        assert send_batch() == 0
    with time_machine.travel(clock.now() + timedelta(hours=13), tick=False):
        assert send_batch() == 1
    assert Delivery.objects.filter(state="accepted").count() == 3


@pytest.mark.django_db
def test_content_that_servers_refuse_pauses_the_notice_and_settles_nobody(
    announced, smtp, small_windows
):
    audience(announced, 30)
    smtp.answer = lambda server, envelope: "554 5.7.1 this looks like spam"
    factories.work()
    announced.notice.refresh_from_db()
    assert (announced.notice.pause_reason, announced.notice.closed_at) == ("content", None)
    refused = Delivery.objects.filter(state="deferred")
    assert 10 <= refused.count() < 33
    assert {each.reason for each in refused} == {"554 5.7.1"}
    assert not Recipient.objects.filter(suppressed_at__isnull=False).exists()
    smtp.answer = None
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        factories.work()
        assert not smtp.received
        resume_notice(notice_id=announced.notice.pk, by=announced.admin)
        factories.work()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}


@pytest.mark.django_db
def test_content_refused_for_one_person_three_times_is_refused_for_good(announced, smtp):
    alone = announced.emails[0]
    smtp.recipient_answer = lambda address: "550 5.7.1 our policy" if address == alone else None
    for minutes in (0, 5, 15):
        assert Delivery.objects.filter(state="failed").count() == 0
        with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
            factories.work()
    assert Delivery.objects.get(state="failed").reason == "550 5.7.1"


@pytest.mark.django_db
def test_thirty_in_a_hundred_that_do_not_exist_pause_the_notice(announced, smtp, small_windows):
    audience(announced, 100)
    smtp.recipient_answer = lambda address: "550 5.1.1 who?" if address.startswith("p") else None
    factories.work()
    announced.notice.refresh_from_db()
    assert announced.notice.pause_reason == "bounces"
    assert Delivery.objects.filter(state="planned").exists()
    assert claim(limit=10) == []
