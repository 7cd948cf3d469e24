"""Attempts and answers by the window: what is committed when, and what is found of it later."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from legalcms import clock
from notifications.actions import send_batch as sending
from notifications.actions.close_notice import close_open_notices
from notifications.actions.recover import recover
from notifications.actions.send_batch import send_batch
from notifications.certificates.mails import Senders, candidates
from notifications.mailer import MailServer
from notifications.messages import mail_for
from notifications.mime import build
from notifications.models import Attempt, Delivery, Notice, Recipient
from notifications.schedule import LEASE
from tests import factories

pytestmark = pytest.mark.django_db


def people(announced, number):
    Recipient.objects.bulk_create(
        Recipient(
            publisher=announced.publisher,
            email=f"p{n}@a.example",
            email_key=f"p{n}@a.example",
            joined_at=announced.notice.opened_at,
        )
        for n in range(number)
    )


def test_every_message_has_an_open_attempt_with_its_hash_before_it_goes_over(
    announced, smtp, monkeypatch
):
    send = MailServer.send

    def watched(self, letter, following=None):
        attempt = Attempt.objects.get(delivery=letter.delivery, finished_at__isnull=True)
        assert attempt.sent_sha256 == hashlib.sha256(letter.raw).hexdigest()
        letter.delivery.refresh_from_db()
        assert letter.delivery.state == "attempting"
        return send(self, letter, following)

    monkeypatch.setattr(MailServer, "send", watched)
    people(announced, 40)
    factories.work()
    assert len(smtp.received) == 43
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted"}
    assert not Attempt.objects.filter(finished_at__isnull=True).exists()


def test_more_people_cost_few_more_queries(announced, smtp, monkeypatch):
    monkeypatch.setattr(sending, "next_window", lambda size, seconds: 100)
    people(announced, 300)
    from notifications.actions.fan_out import fan_out_notices

    fan_out_notices()
    with CaptureQueriesContext(connection) as captured:
        send_batch()
    assert Delivery.objects.filter(state="accepted").count() == 303
    assert len(captured) < 100


def test_a_notice_closed_between_windows_sends_no_further_window(announced, smtp, monkeypatch):
    monkeypatch.setattr(sending, "next_window", lambda size, seconds: 1)
    people(announced, 20)

    def close_after_three(server, envelope):
        if len(smtp.received) == 2:
            Notice.objects.update(paused_at=clock.now())

    send = MailServer.send

    def watched(self, letter, following=None):
        if len(smtp.received) == 3:
            close_open_notices(publication=announced.publication, reason="withdrawn")
        return send(self, letter, following)

    monkeypatch.setattr(MailServer, "send", watched)
    factories.work()
    assert len(smtp.received) == 4  # the one that was open goes
    recover()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"accepted", "excluded"}


def test_a_paused_notice_gives_back_what_was_claimed_and_resumes(announced, smtp, monkeypatch):
    people(announced, 20)
    send = MailServer.send

    def watched(self, letter, following=None):
        Notice.objects.update(paused_at=clock.now())
        return send(self, letter, following)

    with monkeypatch.context() as patch:
        patch.setattr(MailServer, "send", watched)
        factories.work()
    assert len(smtp.received) == 1
    assert Delivery.objects.filter(state="planned").count() == 22
    Notice.objects.update(paused_at=None)
    factories.work()
    assert len(smtp.received) == 23


def test_told_to_stop_within_a_window_the_rest_is_planned_at_no_charge(announced, smtp):
    people(announced, 40)
    from notifications.actions.fan_out import fan_out_notices

    fan_out_notices()
    send_batch(keep_going=lambda: len(smtp.received) < 30)
    assert len(smtp.received) == 30
    assert Delivery.objects.filter(state="accepted").count() == 30
    rest = Delivery.objects.filter(state="planned")
    assert {(each.tried, each.token) for each in rest} == {(0, "")}
    assert len(rest) == 13


def test_a_worker_that_was_asleep_past_its_lease_writes_over_nobody(announced, smtp, monkeypatch):
    """The message at hand may have gone over already: it is sent once more, no other is."""
    send = MailServer.send
    asleep = []

    def watched(self, letter, following=None):
        if not asleep:
            asleep.append(letter.recipient)
            with time_machine.travel(clock.now() + LEASE + timedelta(minutes=30), tick=False):
                recover()
        return send(self, letter, following)

    monkeypatch.setattr(MailServer, "send", watched)
    factories.work()
    taken = Delivery.objects.get(recipient__email=asleep[0])
    assert (taken.state, taken.attempts.get().outcome) == ("unknown", "unknown")
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        factories.work()
    assert {each.state for each in Delivery.objects.all()} == {"accepted"}
    assert sorted(message["To"] for message in smtp.messages) == sorted(
        [*announced.emails, asleep[0]]
    )
    assert len({message["Message-ID"] for message in smtp.messages}) == 3


def test_what_the_first_recipe_sent_can_still_be_made_again(announced, smtp):
    factories.work()
    delivery = Delivery.objects.first()
    attempt = delivery.attempts.get()
    assert attempt.recipe == 2
    attempt.recipe = 1
    first = build(mail_for(delivery, attempt.started_at), 1)
    assert next(candidates(delivery, attempt, Senders(announced.publisher))) == first
    assert first != build(mail_for(delivery, attempt.started_at))


def test_a_notice_says_what_stream_it_is_of(announced, smtp):
    factories.work()
    message = smtp.messages[0]
    assert message["List-Id"].startswith(f"<notices.{announced.publisher.slug}.")
    assert message["List-Owner"] == message["List-Help"] == "<mailto:legal@acme.example>"
    assert message["List-Unsubscribe"] is None


@pytest.mark.parametrize("table", ["due", "expired"])
def test_finding_work_walks_an_index(announced, table):
    now = clock.now()
    rows = {
        "due": Delivery.objects.filter(notice=announced.notice, state="planned", due_at__lte=now)
        .order_by("due_at", "pk"),
        "expired": Delivery.objects.filter(lease_until__lt=now),
    }[table]  # fmt: skip
    plan = rows.explain()
    name = {"due": "delivery_due", "expired": "delivery_under_way"}[table]
    if connection.vendor == "sqlite":
        assert name in plan
        assert "TEMP B-TREE" not in plan
