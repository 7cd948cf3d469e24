"""Readers follow a policy: they ask, confirm, are told, and stop with one click."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from documents import links
from documents.actions.withdraw_publication import withdraw_publication
from documents.errors import InvalidInput
from legalcms import clock
from notifications import tokens
from notifications.actions import ask_to_follow as asking
from notifications.actions.add_recipients import add_recipients
from notifications.actions.erase_recipient import erase_recipient
from notifications.actions.forget_requests import forget_requests
from notifications.actions.offer_following import offer_following
from notifications.actions.send_confirmations import send_confirmations
from notifications.models import Delivery, Follow, FollowRequest, Notice, Recipient
from tests import factories
from tests.factories import MATERIAL_TEXT, POSTING_PROMISE

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    offer_following(publisher=policy.publisher, sender_email="updates@acme.example", by=admin)
    return policy


def page_of(policy):
    return reverse("follow", args=links.address_of(policy))


def ask(client, policy, email="ada@example.org", **extra):
    return client.post(page_of(policy), {"email": email}, **extra)


def link_in(message, name):
    text = message.get_body(("plain",)).get_content()
    return re.search(rf"https?://[^/]+(/follow/{name}/\S+)", text)[1]


def stop_link(message):
    return re.fullmatch(r"<https?://[^/]+(/follow/stop/[^>]+)>", message["List-Unsubscribe"])[1]


@pytest.fixture
def follower(client, policy, admin, smtp):
    """The message that told somebody who follows of a change."""
    factories.followers(policy, admin, count=1)
    factories.publish(policy, admin, MATERIAL_TEXT)
    factories.work()
    return smtp.messages[-1]


def test_asking_confirming_and_being_told(client, policy, admin, smtp):
    assert ask(client, policy).status_code == 200
    assert not Recipient.objects.exists()
    factories.work()
    message = smtp.messages[0]
    assert message["From"].addresses[0].addr_spec == "updates@acme.example"
    assert message["List-Id"].startswith("<followers.")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    link = link_in(message, "confirm")
    assert "ada" not in link
    page = client.get(link)
    assert page.status_code == 200
    assert not Follow.objects.exists()
    for _twice in range(2):
        assert client.post(link).status_code == 200
    assert Follow.objects.get().recipient.roles == []
    assert FollowRequest.objects.get().email == ""
    assert client.get(page_of(policy)).status_code == 200


def test_a_follower_is_told_in_a_stream_of_its_own(follower, policy, smtp):
    assert follower["From"].addresses[0].addr_spec == "updates@acme.example"
    assert follower["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = smtp.received[-1].original_content
    assert re.search(rb"\r\nList-Unsubscribe: <http[^\s=?]+>\r\n", raw)
    for kind in ("plain", "html"):
        text = follower.get_body((kind,)).get_content()
        assert stop_link(follower) in text
        assert "because you follow" in text
    assert Notice.objects.get(stream="followers").sealed_at


def test_followers_never_count_for_clearance(policy, admin, smtp):
    factories.followers(policy, admin, count=2)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    factories.work()
    publication.refresh_from_db()
    assert publication.sign_off_asked_at  # nobody was there to be told
    assert publication.cleared_at is None
    assert Delivery.objects.filter(state="accepted").count() == 2


def test_who_is_owed_the_notice_gets_it_once(policy, admin, smtp):
    emails = factories.followers(policy, admin, count=2)
    add_recipients(publisher=policy.publisher, people=[(emails[0], "")], by=admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    factories.work()
    froms = {message["To"]: message["From"].addresses[0].addr_spec for message in smtp.messages}
    assert len(smtp.messages) == 2
    assert froms[emails[1]] == "updates@acme.example"
    assert froms[emails[0]] == policy.publisher.sender_email


def test_followers_of_what_is_posted_only_are_told_too(admin, smtp):
    policy = factories.policy(admin, promise=POSTING_PROMISE)
    factories.publish(policy, admin)
    emails = factories.followers(policy, admin, count=1)
    factories.publish(policy, admin, MATERIAL_TEXT)
    factories.work()
    assert [message["To"] for message in smtp.messages] == emails


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
def test_one_click_stops_it_without_cookie_or_token(follower, form):
    client = Client(enforce_csrf_checks=True)
    link, body = stop_link(follower), {"List-Unsubscribe": "One-Click"}
    if form == "urlencoded":
        kind = "application/x-www-form-urlencoded"
        answer = client.post(link, "List-Unsubscribe=One-Click", content_type=kind)
    else:
        answer = client.post(link, body)
    assert answer.status_code == 200
    assert Follow.objects.get().ended_at
    assert not answer.cookies
    assert client.post(link, body).status_code == 200


def test_a_scanner_that_opens_the_link_stops_nothing(client, follower):
    for method in (client.get, client.head):
        answer = method(stop_link(follower))
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
    assert Follow.objects.get().ended_at is None


def test_who_stopped_is_excluded_even_after_listing_and_still_gets_what_is_owed(
    client, policy, admin, follower, smtp
):
    person = Follow.objects.get().recipient
    client.post(stop_link(follower))
    add_recipients(publisher=policy.publisher, people=[(person.email, "")], by=admin)
    smtp.received.clear()
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        factories.work()
    assert [message["From"].addresses[0].addr_spec for message in smtp.messages] == [
        policy.publisher.sender_email
    ]
    assert smtp.messages[0]["List-Unsubscribe"] is None


def test_an_old_link_says_what_else_helps(client, follower, policy):
    with time_machine.travel(clock.now() + timedelta(days=366), tick=False):
        answer = client.post(stop_link(follower))
    assert answer.status_code == 410
    assert policy.publisher.contact in answer.content.decode()
    assert Follow.objects.get().ended_at is None


def test_of_an_erased_person_the_link_still_answers(client, follower, admin):
    link = stop_link(follower)
    erase_recipient(recipient_id=Follow.objects.get().recipient_id, by=admin)
    assert client.post(link).status_code == 200
    assert client.get(link).status_code == 200


def test_a_token_is_for_its_purpose_alone(client, follower):
    token = stop_link(follower).rpartition("/")[2]
    assert client.post(reverse("follow_confirm", args=[token])).status_code == 404
    assert client.post(reverse("follow_stop", args=[token + "x"])).status_code == 404
    assert client.post(reverse("follow_stop", args=["x"])).status_code == 404
    with pytest.raises(tokens.Unreadable):
        tokens.read(tokens.CONFIRM, token, clock.now())


def test_the_answer_is_the_same_for_everyone(client, policy, admin):
    known = factories.recipients(policy.publisher, admin, 1)[0]
    pages = {ask(client, policy, email).content for email in (known, known, "new@example.org")}
    assert len(pages) == 1
    assert FollowRequest.objects.count() == 2


def test_an_address_gets_one_confirmation_a_day(client, policy, smtp):
    ask(client, policy)
    ask(client, policy, "ada@EXAMPLE.org")
    send_confirmations()
    send_confirmations()
    assert len(smtp.messages) == 1
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=False):
        ask(client, policy)
        send_confirmations()
    assert len(smtp.messages) == 2


def test_one_household_and_all_together_are_bounded(client, policy, monkeypatch):
    for number in range(asking.MOST_PER_IP + 2):
        ask(client, policy, f"a{number}@example.org", REMOTE_ADDR=f"2001:db8::{number:x}")
    assert FollowRequest.objects.count() == asking.MOST_PER_IP
    monkeypatch.setattr(asking, "MOST_IN_ALL", asking.MOST_PER_IP + 1)
    ask(client, policy, "b@example.org", REMOTE_ADDR="192.0.2.1")
    ask(client, policy, "c@example.org", REMOTE_ADDR="192.0.2.2")
    assert FollowRequest.objects.count() == asking.MOST_PER_IP + 1


def test_a_forwarded_address_counts_only_behind_a_proxy_of_ours(client, policy, settings):
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 192.0.2.9"}
    ask(client, policy, "a@example.org", **forged)
    settings.TRUSTED_PROXIES = 1
    ask(client, policy, "b@example.org", **forged)
    ask(client, policy, "c@example.org", REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR="192.0.2.9")
    keys = list(FollowRequest.objects.order_by("pk").values_list("ip_key", flat=True))
    assert keys[0] != keys[1] == keys[2]


def test_requests_are_forgotten_after_a_week(client, policy):
    ask(client, policy)
    token = tokens.token(tokens.CONFIRM, FollowRequest.objects.get().pk, clock.now())
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1), tick=False):
        assert forget_requests() == 1
        assert client.get(reverse("follow_confirm", args=[token])).status_code == 410
    assert not FollowRequest.objects.exists()


def test_who_does_not_offer_it_has_no_such_page(client, admin):
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    assert client.get(page_of(policy)).status_code == 404
    assert "/follow/" not in client.get(links.policy_path(policy)).content.decode()


def test_followers_are_written_to_from_another_address(policy, admin):
    sender = policy.publisher.sender_email
    with pytest.raises(InvalidInput, match="another"):
        offer_following(publisher=policy.publisher, sender_email=sender, by=admin)


def test_the_form_says_what_is_wrong_and_works_without_scripts(client, policy):
    page = ask(client, policy, "nobody").content.decode()
    assert 'role="alert"' in page
    assert 'aria-invalid="true"' in page
    assert "<script" not in page
    assert f'href="{page_of(policy)}"' in client.get(links.policy_path(policy)).content.decode()


def test_a_follower_who_was_told_is_told_of_the_withdrawal(policy, admin, follower, smtp):
    smtp.received.clear()
    withdraw_publication(
        publication_id=Notice.objects.first().publication_id, reason="a mistake", by=admin
    )
    factories.work()
    assert [message["From"].addresses[0].addr_spec for message in smtp.messages] == [
        "updates@acme.example"
    ]
    assert "will not take place" in smtp.messages[0]["Subject"]
