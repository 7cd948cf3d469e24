"""A relay's acceptance is not the last word: what counts, when, and what a bounce undoes."""

from datetime import timedelta

import pytest
import time_machine

from documents import queries
from documents.errors import NotFound
from documents.models import Entry, Publisher
from documents.models.publications import State
from legalcms import clock
from notifications.actions.record_event import record_event
from notifications.models import Attempt, Delivery, DeliveryEvent
from notifications.models.deliveries import EventKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def relayed(announced, smtp, settings):
    """A relay has accepted all three messages, and nothing has come back."""
    settings.RELAY_QUIET_DAYS = 2
    factories.work()
    return announced


def states():
    return sorted(Delivery.objects.values_list("state", flat=True))


def later(days):
    return time_machine.travel(clock.now() + timedelta(days=days), tick=False)


def cleared(announced):
    announced.publication.refresh_from_db()
    return announced.publication.cleared_at


def record(delivery, kind, code=""):
    return record_event(
        publisher=Publisher.objects.get(),
        message_id=delivery.message_id,
        kind=kind,
        happened_at=clock.now(),
        code=code,
    )


def test_a_relays_acceptance_alone_clears_nothing(relayed):
    assert states() == ["relayed"] * 3
    assert not cleared(relayed)


def test_after_the_quiet_days_it_counts_as_of_its_acceptance(relayed):
    accepted = Delivery.objects.first().accepted_at
    with later(2):
        factories.work()
    assert states() == ["accepted"] * 3
    assert cleared(relayed)
    assert Delivery.objects.first().accepted_at == accepted


def test_a_delivered_event_settles_that_person_at_once(relayed):
    for delivery in Delivery.objects.all():
        record(delivery, EventKind.DELIVERED)
    factories.work()
    assert cleared(relayed)


def test_a_bounce_in_the_quiet_days_is_a_failure_of_that_person_alone(relayed):
    record(Delivery.objects.first(), EventKind.BOUNCED, "5.1.1")
    assert states() == ["failed", "relayed", "relayed"]
    assert Delivery.objects.get(state="failed").reason == "bounced 5.1.1"


def test_a_later_bounce_stands_beside_the_settled_delivery_and_moves_nothing_else(announced, smtp):
    factories.work()
    at = cleared(announced)
    delivery = Delivery.objects.first()
    record(delivery, EventKind.BOUNCED, "5.1.1")
    delivery.refresh_from_db()
    assert delivery.state == "accepted"
    assert cleared(announced) == at
    payload = Entry.objects.get(kind="delivery.bounced").payload
    assert payload["commitment"] == delivery.commitment
    assert delivery.recipient.email not in str(payload)


def test_an_event_told_twice_is_recorded_once(announced, smtp):
    factories.work()
    with time_machine.travel(clock.now(), tick=False):
        record(Delivery.objects.first(), EventKind.BOUNCED)
        record(Delivery.objects.first(), EventKind.BOUNCED)
    assert DeliveryEvent.objects.count() == 1
    assert Entry.objects.filter(kind="delivery.bounced").count() == 1


def test_an_event_of_a_message_that_we_did_not_send_is_refused(announced, smtp):
    with pytest.raises(NotFound):
        record(Delivery(message_id="<forged@example.org>"), EventKind.BOUNCED)
    factories.work()
    sent = Delivery.objects.first()
    other = factories.publisher(announced.admin)
    with pytest.raises(NotFound):
        record_event(
            publisher=other,
            message_id=sent.message_id,
            kind=EventKind.BOUNCED,
            happened_at=clock.now(),
        )


def test_quiet_days_that_end_after_the_deadline_still_keep_the_promise(announced, smtp, settings):
    settings.RELAY_QUIET_DAYS = 5
    factories.work()
    with time_machine.travel(announced.publication.deadline_at + timedelta(hours=1), tick=False):
        factories.work()
        announced.publication.refresh_from_db()
        assert announced.publication.state(clock.now()) == State.PENDING
    with later(6):
        factories.work()
    assert cleared(announced)


def test_quiet_days_that_end_after_the_date_keep_the_old_text_in_force(announced, smtp, settings):
    settings.RELAY_QUIET_DAYS = 20
    factories.work()
    with later(21):
        factories.work()
        announced.publication.refresh_from_db()
        assert announced.publication.state(clock.now()) == State.HELD
        assert queries.in_force(announced.policy, clock.now()).number == 1


def test_the_record_says_which_hop_accepted(announced, smtp):
    factories.work()
    assert set(Attempt.objects.values_list("hop", flat=True)) == {f"127.0.0.1:{smtp.port}"}
