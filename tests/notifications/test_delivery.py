"""From an announced change to a settled notice, over real SMTP."""

import hashlib
import re
from datetime import timedelta

import pytest
import time_machine

from documents import queries
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.sign_off_failures import sign_off_failures
from documents.actions.withdraw_publication import withdraw_publication
from documents.promises import Effect
from legalcms import clock
from notifications import breaker
from notifications.actions import fan_out as fanning
from notifications.actions.begin_attempts import begin_attempts
from notifications.actions.claim import claim
from notifications.actions.fan_out import fan_out_notices
from notifications.actions.leave import leave
from notifications.actions.record_answer import record_answers
from notifications.actions.recover import recover
from notifications.actions.send_batch import send_batch
from notifications.actions.settle_notices import settle_notices
from notifications.mailer import Answer, Letter
from notifications.models import Attempt, Delivery, Notice, Recipient
from notifications.models.deliveries import DeliveryState
from notifications.schedule import LEASE
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))


def begin(delivery):
    """Whether its attempt may begin."""
    letter = Letter(b"bytes", "legal@acme.example", delivery.recipient.email, delivery)
    return begin_attempts([letter], clock.now()) == [letter]


def later(**span):
    return time_machine.travel(clock.now() + timedelta(**span), tick=False)


def test_everyone_gets_one_mail_and_the_change_is_cleared(announced, smtp):
    factories.work()
    assert sorted(message["To"] for message in smtp.messages) == sorted(announced.emails)
    announced.publication.refresh_from_db()
    assert announced.publication.cleared_at
    with time_machine.travel(announced.publication.effective_at, tick=False):
        assert queries.in_force(announced.policy, clock.now()).number == 2


def test_the_hash_on_the_attempt_is_that_of_the_bytes_on_the_wire(announced, smtp):
    factories.work()
    sent = {hashlib.sha256(envelope.original_content).hexdigest() for envelope in smtp.received}
    assert sent == set(Attempt.objects.values_list("sent_sha256", flat=True))


def test_the_mail_says_what_changes_and_when(announced, smtp):
    factories.work()
    message = smtp.messages[0]
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert "[-two-]{+ten+} years" in text
    assert re.search(r"Old words:.*<del [^>]*>two</del> years", html)
    assert re.search(r"New words:.*<ins [^>]*>ten</ins> years", html)
    assert "Ten years now." in text
    assert announced.publication.versions.get().sha256 in text
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["To"] in text


def test_who_joins_after_the_announcement_is_not_in_its_audience(announced, smtp):
    with later(seconds=1):
        factories.recipients(announced.publisher, announced.admin)
        fan_out_notices()
    assert Delivery.objects.count() == 3


def test_a_fan_out_that_was_cut_off_goes_on_where_it_stopped(announced, monkeypatch):
    monkeypatch.setattr(fanning, "BATCH", 2)
    fanning._fan_out_batch(announced.notice.pk)
    assert Delivery.objects.count() == 2
    fan_out_notices()
    fan_out_notices()
    assert Delivery.objects.count() == 3


def test_who_leaves_before_the_claim_is_excluded_with_the_reason(announced, smtp):
    fan_out_notices()
    person = Recipient.objects.get(email=announced.emails[0])
    leave(recipient_id=person.pk, by=announced.admin)
    factories.work()
    assert announced.emails[0] not in [message["To"] for message in smtp.messages]
    delivery = Delivery.objects.get(recipient=person)
    assert (delivery.state, delivery.reason) == (DeliveryState.EXCLUDED, "left")


def test_an_address_that_does_not_exist_fails_for_good_and_blocks_nobody(announced, smtp):
    gone = announced.emails[1]
    smtp.recipient_answer = lambda address: "550 5.1.1 no such user" if address == gone else None
    factories.work()
    assert states() == ["accepted", "accepted", "failed"]
    assert Delivery.objects.get(state="failed").reason == "550 5.1.1"
    announced.publication.refresh_from_db()
    assert announced.publication.cleared_at is None  # one of three: more than goes unsigned
    publication = sign_off_failures(
        publication_id=announced.publication.pk, reason="Moved away.", by=announced.admin
    )
    assert publication.cleared_at


def test_a_busy_server_is_tried_again_later_and_holds_the_change_up(announced, smtp):
    smtp.recipient_answer = lambda address: "451 later"
    factories.work()
    assert states() == ["deferred"] * 3
    announced.publication.refresh_from_db()
    assert announced.publication.cleared_at is None
    smtp.recipient_answer = None
    with later(minutes=2):
        factories.work()
    assert states() == ["accepted"] * 3


def test_a_server_out_of_reach_charges_nobody_and_is_left_alone_for_a_while(announced, smtp):
    smtp.stop()
    factories.work()
    assert states() == ["planned"] * 3
    assert not Attempt.objects.exists()
    assert "refused" in breaker.current(breaker.SERVER).problem
    smtp.start()
    factories.work()
    assert smtp.received == []
    with later(seconds=30):
        factories.work()
    assert states() == ["accepted"] * 3
    assert breaker.current(breaker.SERVER) is None


def test_a_lost_answer_is_sent_again_once_with_the_same_message_id(announced, smtp):
    def drop(server, envelope):
        smtp.received.append(envelope)
        server.transport.abort()
        return "250 never arrives"

    smtp.answer = drop
    factories.work()
    assert states() == ["unknown"] * 3
    with later(minutes=10):
        factories.work()
    assert states() == ["resent"] * 3
    with later(minutes=60):
        factories.work()
    ids = [message["Message-ID"] for message in smtp.messages]
    assert len(ids) == 6
    assert len(set(ids)) == 3
    assert Delivery.objects.filter(possible_duplicate=True).count() == 3


def test_nobody_told_for_sure_is_not_a_kept_promise(announced, smtp):
    test_a_lost_answer_is_sent_again_once_with_the_same_message_id(announced, smtp)
    announced.publication.refresh_from_db()
    assert announced.publication.cleared_at is None
    assert announced.publication.sign_off_asked_at


def test_a_claim_whose_worker_died_is_taken_up_again(announced, smtp):
    fan_out_notices()
    claim(limit=10)
    assert send_batch() == 0
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
        assert recover() == 3
        factories.work()
    assert states() == ["accepted"] * 3
    assert len(smtp.received) == 3


def test_a_worker_that_died_on_the_wire_costs_at_most_one_duplicate(announced, smtp):
    fan_out_notices()
    delivery = claim(limit=1)[0]
    assert begin(delivery)
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
        recover()
        delivery.refresh_from_db()
        assert (delivery.state, delivery.possible_duplicate) == (DeliveryState.UNKNOWN, True)
    with later(minutes=10):
        factories.work()
    assert len(smtp.received) == 3
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED
    assert [attempt.outcome for attempt in delivery.attempts.all()] == ["unknown", "accepted"]


def test_a_worker_whose_lease_ran_out_cannot_begin(announced):
    fan_out_notices()
    late = claim(limit=1)[0]
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
        recover()
        claim(limit=1)
        assert not begin(late)


def test_a_notice_that_missed_its_deadline_is_held_and_sends_nothing_more(announced, smtp):
    smtp.stop()
    factories.work()
    smtp.start()
    with time_machine.travel(announced.publication.deadline_at, tick=False):
        factories.work()
    announced.publication.refresh_from_db()
    assert announced.publication.hold_reason == "overdue"
    assert smtp.received == []
    assert states() == ["excluded"] * 3


def test_settling_seals_the_deliveries_in_the_log(announced, smtp):
    factories.work()
    kinds = [entry.kind for entry in announced.publication.entries.order_by("seq")]
    assert kinds == [
        "proposal.made",
        "version.published",
        "notice.opened",
        "notice.settled",
        "publication.cleared",
    ]
    settled = announced.publication.entries.get(kind="notice.settled")
    assert len(settled.payload["deliveries_root"]) == 64
    for email in announced.emails:
        assert email not in str(settled.payload)


def test_a_notice_is_settled_once(announced, smtp):
    factories.work()
    assert settle_notices() == 0


def test_an_unwritable_mail_fails_alone(announced, smtp):
    Recipient.objects.filter(email=announced.emails[0]).update(email="a b@@example.org")
    factories.work()
    assert states() == ["accepted", "accepted", "failed"]


def test_a_withdrawal_is_told_to_whoever_was_told(announced, smtp):
    factories.work()
    smtp.received.clear()
    with later(seconds=1):
        factories.recipients(announced.publisher, announced.admin, count=1)
        withdraw_publication(
            publication_id=announced.publication.pk, reason="a mistake", by=announced.admin
        )
        factories.work()
    assert sorted(message["To"] for message in smtp.messages) == sorted(announced.emails)
    assert "will not take place" in smtp.messages[0]["Subject"]


def test_what_was_claimed_before_a_withdrawal_is_not_sent_after_it(announced, smtp):
    fan_out_notices()
    delivery = claim(limit=1)[0]
    withdraw_publication(
        publication_id=announced.publication.pk, reason="a mistake", by=announced.admin
    )
    assert not begin(delivery)
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
        factories.work()
    assert smtp.received == []
    assert states() == ["excluded"] * 3
    assert set(Delivery.objects.values_list("reason", flat=True)) == {"notice withdrawn"}


def test_a_withdrawal_before_anyone_was_told_tells_nobody(announced, smtp):
    withdraw_publication(
        publication_id=announced.publication.pk, reason="a mistake", by=announced.admin
    )
    factories.work()
    assert smtp.received == []


def test_a_deferred_mail_is_never_given_up_while_a_promise_waits_for_it(announced, smtp):
    day = announced.publication.effective_at.date() + timedelta(days=30)
    reschedule_publication(
        publication_id=announced.publication.pk, effect=Effect(day), by=announced.admin
    )
    smtp.recipient_answer = lambda address: "451 later"
    for days in (0, 6, 12):
        with later(days=days):
            factories.work()
    assert states() == ["deferred"] * 3


def test_a_withdrawal_reaches_whoever_may_have_got_the_announcement(announced, smtp):
    def drop(server, envelope):
        smtp.received.append(envelope)
        server.transport.abort()

    smtp.answer = drop
    factories.work()
    withdraw_publication(
        publication_id=announced.publication.pk, reason="a mistake", by=announced.admin
    )
    smtp.answer = None
    smtp.received.clear()
    factories.work()
    assert sorted(message["To"] for message in smtp.messages) == sorted(announced.emails)


def test_a_connection_that_breaks_before_the_message_is_tried_again(announced, smtp):
    def drop_at_recipient(address):
        smtp.session_server.transport.abort()
        return "250 OK"

    smtp.recipient_answer = drop_at_recipient
    factories.work()
    assert states() == ["deferred"] * 3
    assert smtp.received == []
    smtp.recipient_answer = None
    with later(minutes=5):
        factories.work()
    assert states() == ["accepted"] * 3


def test_a_sender_that_is_refused_holds_up_nobody_else(announced, smtp):
    other = factories.policy(announced.admin)
    other.publisher.sender_email = "refused@acme.example"
    other.publisher.save()
    factories.publish(other, announced.admin)
    factories.recipients(other.publisher, announced.admin, count=2)
    factories.publish(other, announced.admin, MATERIAL_TEXT)
    smtp.sender_answer = lambda sender: "553 no" if sender.startswith("refused") else None
    Notice.objects.filter(publication__publisher=other.publisher).update(
        deadline_at=announced.notice.deadline_at - timedelta(minutes=1)
    )
    factories.work()
    assert states() == ["accepted"] * 3 + ["planned"] * 2
    assert "553" in breaker.current("refused@acme.example").problem


def test_a_message_begun_under_an_old_lease_gets_a_new_one(announced):
    fan_out_notices()
    delivery = claim(limit=1)[0]
    with time_machine.travel(clock.now() + LEASE - timedelta(seconds=1), tick=False):
        assert begin(delivery)
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1), tick=False):
        recover()
        record_answers([(delivery, Answer("accepted", "250"))])
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED


def test_nothing_goes_out_after_the_deadline_even_if_it_was_claimed_before(announced):
    fan_out_notices()
    delivery = claim(limit=1)[0]
    with time_machine.travel(announced.notice.deadline_at, tick=False):
        assert not begin(delivery)


def test_a_worker_that_died_before_saying_that_all_were_told_costs_nothing(announced, smtp):
    fan_out_notices()
    send_batch()
    with time_machine.travel(announced.publication.deadline_at, tick=False):
        factories.work()
    announced.publication.refresh_from_db()
    assert announced.publication.cleared_at
    assert announced.publication.held_at is None


def test_a_notice_that_was_stopped_is_sealed_too(announced, smtp):
    factories.work()
    withdraw_publication(
        publication_id=announced.publication.pk, reason="a mistake", by=announced.admin
    )
    factories.work()
    sealed = announced.publication.entries.filter(kind="notice.settled").order_by("seq")
    assert [(entry.payload["round"], entry.payload["closed"]) for entry in sealed] == [
        (1, "settled"),
        (2, "settled"),
    ]


def test_a_notice_stopped_before_its_end_is_sealed_with_what_it_reached(announced, smtp):
    smtp.recipient_answer = lambda address: None if address == announced.emails[0] else "451 later"
    factories.work()
    withdraw_publication(
        publication_id=announced.publication.pk, reason="a mistake", by=announced.admin
    )
    factories.work()
    entry = announced.publication.entries.filter(kind="notice.settled").order_by("seq").first()
    assert (entry.payload["closed"], entry.payload["accepted"]) == ("withdrawn", 1)


def test_an_international_domain_stands_in_its_ascii_form(announced, smtp):
    Recipient.objects.filter(email=announced.emails[0]).update(email="ada@bücher.example")
    factories.work()
    assert "ada@xn--bcher-kva.example" in [message["To"] for message in smtp.messages]


def test_a_domain_that_cannot_be_written_fails_alone(announced, smtp):
    Recipient.objects.filter(email=announced.emails[0]).update(email=f"ada@{'ü' * 60}.example")
    factories.work()
    assert states() == ["accepted", "accepted", "failed"]
