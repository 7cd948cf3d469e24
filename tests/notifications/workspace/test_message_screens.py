"""The mail before and after it is sent, in the admin, and a test of it to oneself."""

import re

import pytest
from django.urls import reverse

from documents.actions.publish_version import publish_version
from documents.models import Entry, Role
from legalcms import clock
from notifications.actions.send_trial import LIMIT, PER
from notifications.models import Attempt, Delivery, NoticeMessage, Trials
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = factories.admin()
    user.email = "ada@acme.example"
    user.save()
    client.force_login(user)
    return user


@pytest.fixture
def policy(admin):
    made = factories.policy(admin)
    factories.publish(made, admin)
    factories.recipients(made.publisher, admin)
    return made


def next_url(policy):
    return reverse("notice_messages:next", args=[policy.pk])


def stored_url(publication):
    policy = publication.versions.get().policy_id
    return reverse("notice_messages:stored", args=[policy, publication.pk, 1])


def page(client, address):
    return client.get(address).content.decode()


def comparable(html):
    """Without what exists only afterwards: the entry, and the random part of the slot."""
    html = re.sub(r"Evidence log.*", "", html)
    return html.replace("[the address]", "ada@acme.example")


def test_what_is_shown_before_is_what_is_stored(client, admin, policy):
    proposal = factories.propose(policy, admin, MATERIAL_TEXT, summary="Ten years now.")
    before = page(client, f"{next_url(policy)}?html")
    publication = publish_version(proposal_id=proposal.pk, by=admin)
    after = page(client, f"{stored_url(publication)}?html")
    assert comparable(before) == comparable(after)
    assert publication.versions.get().sha256 in before
    assert "Evidence log: the entry is made when the version is announced." in before


def test_looking_at_the_next_mail_writes_nothing(client, admin, policy):
    factories.propose(policy, admin, MATERIAL_TEXT)
    before = (Entry.objects.count(), NoticeMessage.objects.count(), policy.versions.count())
    page(client, next_url(policy))
    assert (Entry.objects.count(), NoticeMessage.objects.count(), policy.versions.count()) == before


def test_a_draft_that_nobody_proposed_yet_can_be_seen_too(client, policy, admin):
    factories.write(policy, MATERIAL_TEXT, admin)
    shown = page(client, next_url(policy))
    assert "the summary is still to be written" in shown
    assert "[-two-]{+ten+} years" in shown


def test_what_cannot_be_announced_says_why(client, policy, admin):
    shown = page(client, next_url(policy))
    assert "It cannot be announced now" in shown
    factories.publish(policy, admin, MATERIAL_TEXT)
    assert "It cannot be announced now" in page(client, next_url(policy))


def test_channels_without_mail_are_said(client, admin):
    policy = factories.policy(admin, promise=factories.POSTING_PROMISE)
    factories.publish(policy, admin)
    factories.write(policy, MATERIAL_TEXT, admin)
    assert "With these channels no mail is sent." in page(client, next_url(policy))


def test_the_ways_to_the_mails_stand_on_the_screens_of_the_publish_path(client, policy, admin):
    proposal = factories.propose(policy, admin, MATERIAL_TEXT)
    link = f'href="{next_url(policy)}"'
    assert link in page(client, reverse("documents_workspace:publish", args=[policy.pk]))
    screen = reverse("documents_workspace:proposal", args=[policy.pk, proposal.pk])
    assert link in page(client, screen)
    publication = publish_version(proposal_id=proposal.pk, by=admin)
    screen = reverse("documents_workspace:publication", args=[policy.pk, publication.pk])
    withdrawal = reverse("notice_messages:withdrawal", args=[policy.pk, publication.pk])
    assert f'href="{stored_url(publication)}"' in page(client, screen)
    assert f'href="{withdrawal}"' in page(client, screen)
    assert "will not take place" in page(client, withdrawal)


def test_the_formatted_mail_is_framed_and_harmless(client, policy, admin):
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    shown = page(client, stored_url(publication))
    frames = re.findall(r"<iframe[^>]*>", shown)
    assert len(frames) == 2
    assert all('sandbox="allow-popups' in frame and 'title="' in frame for frame in frames)
    framed = client.get(f"{stored_url(publication)}?html")
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"


def test_a_language_that_there_is_not_is_not_found(client, policy, admin):
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    assert client.get(f"{stored_url(publication)}?language=xx").status_code == 404


# A test to oneself


def test_a_test_goes_to_whoever_asks_and_is_no_delivery(client, policy, admin, smtp):
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    before = Entry.objects.count()
    response = client.post(
        f"{stored_url(publication)}?to=eve@evil.example", {"to": "eve@evil.example"}, follow=True
    )
    assert "Sent to ada@acme.example." in response.content.decode()
    assert [envelope.rcpt_tos for envelope in smtp.received] == [["ada@acme.example"]]
    mail = smtp.messages[0]
    assert mail["Subject"].startswith("TEST: ")
    assert "ada@acme.example" in mail.get_body(("plain",)).get_content()
    assert Entry.objects.count() == before
    assert not Delivery.objects.exists()
    assert not Attempt.objects.exists()


def test_a_test_of_what_is_not_yet_announced_can_be_sent(client, policy, admin, smtp):
    factories.propose(policy, admin, MATERIAL_TEXT)
    client.post(next_url(policy))
    assert "[-two-]{+ten+}" in smtp.messages[0].get_body(("plain",)).get_content()


def test_tests_are_limited_for_each_person(client, policy, admin, smtp):
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    for _ in range(LIMIT):
        client.post(stored_url(publication))
    response = client.post(stored_url(publication), follow=True)
    assert "At most 10 tests an hour." in response.content.decode()
    assert len(smtp.messages) == LIMIT
    other = factories.member(policy.publisher, Role.EDITOR)
    other.email = "bo@acme.example"
    other.save()
    client.force_login(other)
    client.post(stored_url(publication))
    assert len(smtp.messages) == LIMIT + 1


def test_the_limit_ends_with_its_hour(client, policy, admin, smtp):
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    Trials.objects.create(user=admin, begun_at=clock.now() - PER, count=LIMIT)
    client.post(stored_url(publication))
    assert len(smtp.messages) == 1


def test_without_an_address_no_test_is_sent(client, policy, admin, smtp):
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    admin.email = ""
    admin.save()
    response = client.post(stored_url(publication), follow=True)
    assert "Your account has no e-mail address" in response.content.decode()
    assert smtp.messages == []


def test_a_mail_server_that_refuses_is_told(client, policy, admin, smtp):
    smtp.recipient_answer = lambda address: "550 5.1.1 no such user"
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    response = client.post(stored_url(publication), follow=True)
    assert "The mail server did not take the test: 550" in response.content.decode()


def test_a_mail_server_out_of_reach_is_told(client, policy, admin, smtp):
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    smtp.stop()
    response = client.post(stored_url(publication), follow=True)
    assert "The mail server did not take the test" in response.content.decode()
