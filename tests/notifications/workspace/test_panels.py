"""How far a notice has come, on the screen of its publication."""

import pytest
from django.urls import reverse

from legalcms import clock
from notifications import breaker
from notifications.models import Display, Sighting
from tests import factories

pytestmark = pytest.mark.django_db


def progress(client, by, publication):
    """What the publication’s screen says, on one line."""
    client.force_login(by)
    policy = publication.versions.get().policy
    address = reverse("documents_workspace:publication", args=[policy.pk, publication.pk])
    return " ".join(client.get(address).content.decode().split())


def test_a_notice_that_no_worker_has_seen_says_so(client, announced):
    page = progress(client, announced.admin, announced.publication)
    assert "The audience is being listed." in page
    assert "No worker has run yet." in page


def test_a_notice_shows_how_many_were_told(client, announced, smtp):
    factories.work()
    page = progress(client, announced.admin, announced.publication)
    assert "3 of 3 accepted by the mail server" in page
    assert 'max="3" value="3"' in page
    assert "A worker last went round on" in page


def test_a_notice_names_those_who_could_not_be_reached(client, announced, smtp):
    gone = announced.emails[0]
    smtp.recipient_answer = lambda address: "550 5.1.1 no such user" if address == gone else None
    factories.work()
    page = progress(client, announced.admin, announced.publication)
    assert "2 of 3 accepted by the mail server" in page
    assert "Refused for good: 1" in page
    assert f"{gone} (550 5.1.1)" in page


def test_a_mail_server_out_of_reach_is_told_to_the_team(client, announced):
    breaker.trip(breaker.SERVER, "connection refused")
    page = progress(client, announced.admin, announced.publication)
    assert "No mail has gone out since" in page
    assert "connection refused" in page


def test_a_version_that_needs_no_notice_says_so(client, announced):
    first = announced.policy.versions.get(number=1).publication
    page = progress(client, announced.admin, first)
    assert "Nobody needs to be told by e-mail of this version." in page


def test_a_paused_notice_says_what_it_waits_for(client, announced):
    announced.notice.paused_at = clock.now()
    announced.notice.save()
    page = progress(client, announced.admin, announced.publication)
    assert "it waits for somebody to let it go" in page


def test_a_notice_on_the_site_shows_when_it_was_seen_and_missed(client, announced):
    display = Display.objects.create(
        publication=announced.publication,
        url="https://acme.example/privacy/",
        notice_sha256="a",
        opened_at=clock.now(),
        look_at=clock.now(),
    )
    assert "Not seen yet." in progress(client, announced.admin, announced.publication)
    for was_seen in (True, False):
        Sighting.objects.create(display=display, looked_at=clock.now(), was_seen=was_seen)
    page = progress(client, announced.admin, announced.publication)
    assert "First seen on" in page
    assert "Looked for and seen: 1, not seen: 1." in page
