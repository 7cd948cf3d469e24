"""Who joins between announcement and effect gets the same words, and holds nothing up."""

from datetime import timedelta

import pytest
import time_machine

from documents.actions.reschedule_publication import reschedule_publication
from documents.promises import Effect
from legalcms import clock
from notifications.actions.open_top_ups import AT_MOST_EVERY
from notifications.models import Delivery, Notice
from notifications.models.notices import Kind
from tests import factories

pytestmark = pytest.mark.django_db


def later(**span):
    return time_machine.travel(clock.now() + timedelta(**span), tick=False)


@pytest.fixture
def told(announced, smtp):
    factories.work()
    smtp.received.clear()
    return announced


def test_who_joins_later_gets_the_same_words(told, smtp):
    with later(hours=1):
        emails = factories.recipients(told.publisher, told.admin, 2)
        factories.work()
    assert sorted(message["To"] for message in smtp.messages) == sorted(emails)
    notice = Notice.objects.get(kind=Kind.TOP_UP)
    assert notice.audience["rule"] == "joined_after"
    assert notice.messages.get().sha256 == told.notice.messages.get().sha256
    assert notice.sealed_at
    kinds = [
        entry.payload["notice_kind"]
        for entry in told.publication.entries.filter(kind="notice.opened")
    ]
    assert kinds == ["announcement", "top_up"]


def test_nobody_is_told_twice_and_who_joins_within_an_hour_shares_a_notice(told, smtp):
    with later(hours=1):
        factories.recipients(told.publisher, told.admin, 1)
        factories.work()
        factories.recipients(told.publisher, told.admin, 1)
        factories.work()
        assert len(smtp.messages) == 1
    with time_machine.travel(clock.now() + timedelta(hours=1) + AT_MOST_EVERY, tick=False):
        factories.work()
    assert len(smtp.messages) == 2
    assert Notice.objects.filter(kind=Kind.TOP_UP).count() == 2


def test_they_hold_nothing_up(announced, smtp):
    factories.work()
    late = factories.recipients(announced.publisher, announced.admin, 1)
    smtp.recipient_answer = lambda address: "451 later" if address in late else None
    with later(hours=1):
        factories.work()
    announced.publication.refresh_from_db()
    assert announced.publication.cleared_at
    assert Delivery.objects.get(recipient__email=late[0]).state == "deferred"
    with time_machine.travel(announced.publication.effective_at, tick=False):
        factories.work()
    delivery = Delivery.objects.get(recipient__email=late[0])
    assert (delivery.state, delivery.reason) == ("excluded", "notice in effect")
    announced.publication.refresh_from_db()
    assert announced.publication.held_at is None


def test_nothing_goes_out_before_the_announcement_itself_is_listed(announced, smtp):
    factories.recipients(announced.publisher, announced.admin, 1)
    factories.work()
    assert set(Notice.objects.values_list("kind", flat=True)) <= {"announcement", "top_up"}
    assert Delivery.objects.count() == 4


def test_a_new_date_is_told_to_those_who_joined_later_too(told, smtp):
    with later(hours=1):
        factories.recipients(told.publisher, told.admin, 1)
        factories.work()
        day = told.publication.effective_at.date() + timedelta(days=30)
        reschedule_publication(
            publication_id=told.publication.pk, effect=Effect(day), by=told.admin
        )
        factories.work()
    correction = Notice.objects.get(kind=Kind.CORRECTION)
    assert correction.deliveries.count() == 4
    told.publication.refresh_from_db()
    assert told.publication.cleared_at
