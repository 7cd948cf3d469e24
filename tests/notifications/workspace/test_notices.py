"""Notices in the admin: how far they have come, and what a publisher may do with them."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from documents.models import Role
from legalcms import clock
from notifications import breaker
from notifications.actions.cancel_notice import cancel_notice
from notifications.actions.fan_out import fan_out_notices
from notifications.actions.pause_notice import pause_notice, resume_notice
from notifications.actions.retry_notice import retry_notice
from notifications.actions.send_batch import send_batch
from notifications.errors import NoticeClosed
from notifications.models import Delivery, Notice
from notifications.progress import progress_of
from tests import factories

pytestmark = pytest.mark.django_db


def url(name, notice):
    return reverse(f"notices_workspace:{name}", args=[notice.pk])


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def fresh(row):
    row.refresh_from_db()
    return row


@pytest.fixture
def publisher(client, announced):
    user = factories.member(announced.publisher, Role.PUBLISHER)
    client.force_login(user)
    return user


def test_the_list_shows_every_notice_with_its_counts(client, announced, publisher, smtp):
    fan_out_notices()
    send_batch(keep_going=lambda: len(smtp.received) < 2)
    said = page(client, reverse("notices_workspace:notices"))
    assert "Privacy, version 2: Announcement" in said
    assert "2 of 3" in said
    assert "Being sent" in said


def test_the_list_counts_all_notices_in_one_query(
    client, announced, publisher, django_assert_num_queries
):
    fan_out_notices()
    notices = list(Notice.objects.all())
    with django_assert_num_queries(2):
        progress_of(notices * 20, clock.now())


def test_a_notice_shows_its_deadline_and_estimated_end(client, announced, publisher, smtp):
    fan_out_notices()
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        send_batch(keep_going=lambda: len(smtp.received) < 2)
        found = progress_of([fresh(announced.notice)], clock.now())[announced.notice.pk]
        said = page(client, url("notice", announced.notice))
    assert (found.done, found.left, found.percent) == (2, 1, 66)
    left = found.ends_at - announced.notice.opened_at
    assert timedelta(minutes=2, seconds=59) < left < timedelta(minutes=3, seconds=1)
    assert "2 of 3 done with (66 %)" in said
    assert 'max="3" value="2"' in said, "the bar needs no script"
    assert "Estimated end" in said
    assert f'data-progress="{url("progress", announced.notice)}"' in said


def test_without_news_there_is_no_estimate(client, announced, publisher):
    fan_out_notices()
    assert "Not known: nothing went out" in page(client, url("notice", announced.notice))


def test_the_part_that_refreshes_is_no_page_of_its_own(client, announced, publisher, smtp):
    factories.work()
    said = page(client, url("progress", announced.notice))
    assert "3 of 3 done with (100 %)" in said
    assert "<html" not in said
    assert "data-progress" not in page(client, url("notice", announced.notice)), "it is done"


def test_a_paused_notice_sends_nothing_until_it_is_resumed(client, announced, publisher, smtp):
    assert client.post(url("pause", announced.notice)).status_code == 302
    factories.work()
    assert smtp.messages == []
    assert "Paused since" in page(client, url("notice", announced.notice))
    client.post(url("resume", announced.notice))
    factories.work()
    assert len(smtp.messages) == 3
    kinds = [entry.kind for entry in announced.publication.entries.order_by("seq")]
    assert "notice.paused" in kinds
    assert "notice.resumed" in kinds


def test_a_cancelled_notice_closes_with_its_reason_and_holds_the_version(
    client, announced, publisher, smtp
):
    fan_out_notices()
    send_batch(keep_going=lambda: not smtp.received)
    assert client.post(url("cancel", announced.notice), {"reason": " "}).status_code == 200
    assert fresh(announced.notice).closed_at is None
    client.post(url("cancel", announced.notice), {"reason": "The wrong text."})
    notice = fresh(announced.notice)
    assert (notice.close_reason, notice.close_note) == ("cancelled", "The wrong text.")
    publication = fresh(announced.publication)
    assert (publication.hold_reason, publication.hold_note) == ("by_hand", "The wrong text.")
    factories.work()
    assert len(smtp.messages) == 1
    assert Delivery.objects.filter(state="excluded", reason="notice cancelled").count() == 2
    assert fresh(notice).sealed_at, "whoever it reached has a line of proof"
    entry = publication.entries.get(kind="notice.cancelled")
    assert "The wrong text." not in str(entry.payload)
    assert "The wrong text." in page(client, url("notice", notice))


def test_a_closed_notice_cannot_be_steered(announced, smtp):
    factories.work()
    steps = {"notice_id": announced.notice.pk, "by": announced.admin}
    for step in (pause_notice, resume_notice, retry_notice):
        with pytest.raises(NoticeClosed):
            step(**steps)
    with pytest.raises(NoticeClosed):
        cancel_notice(**steps, reason="late")


def test_what_infrastructure_put_off_is_tried_again_at_once(client, announced, publisher, smtp):
    smtp.recipient_answer = lambda address: "451 later"
    factories.work()
    smtp.recipient_answer = None
    breaker.trip(breaker.SERVER, "connection refused")
    factories.work()
    assert smtp.messages == []
    client.post(url("retry", announced.notice))
    factories.work()
    assert len(smtp.messages) == 3


def test_a_retry_undoes_no_failure(announced, smtp):
    gone = announced.emails[0]
    smtp.recipient_answer = lambda address: "550 no" if address == gone else "451 later"
    factories.work()
    assert retry_notice(notice_id=announced.notice.pk, by=announced.admin) == 2
    assert Delivery.objects.get(recipient__email=gone).state == "failed"


def test_those_who_may_not_publish_look_and_do_nothing(client, announced):
    client.force_login(factories.member(announced.publisher, Role.EDITOR))
    said = page(client, url("notice", announced.notice))
    assert "Cancel this notice" not in said
    for name in ("pause", "resume", "retry", "cancel"):
        client.post(url(name, announced.notice), {"reason": "x"})
    notice = fresh(announced.notice)
    assert (notice.paused_at, notice.closed_at) == (None, None)


def test_the_menu_leads_to_the_notices(client, announced, publisher):
    assert f'"{reverse("notices_workspace:notices")}"' in client.get("/admin/").content.decode()


def test_the_publications_screen_names_people_to_those_who_may_see_them(
    client, announced, publisher, smtp
):
    gone = announced.emails[0]
    smtp.recipient_answer = lambda address: "550 no" if address == gone else None
    factories.work()
    address = reverse(
        "documents_workspace:publication", args=[announced.policy.pk, announced.publication.pk]
    )
    assert gone not in page(client, address)
    assert "Refused for good: 1" in page(client, address)
    client.force_login(factories.member(announced.publisher, Role.RECIPIENTS))
    assert gone in page(client, address)
