"""Site notices: shown by the public pages, seen from outside, and evidence of their own."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine
from django.test import Client

from documents import queries, site_notices
from documents.actions.withdraw_publication import withdraw_publication
from documents.models import Entry
from documents.models.publications import State
from documents.promises import AllOf, AnyOf, Channel, Period, Promise, Timing, Trigger, When
from legalcms import clock
from notifications import prober
from notifications.models import Delivery, Display, Sighting
from tests import factories
from tests.factories import MATERIAL_TEXT, READ_IN

pytestmark = pytest.mark.django_db

EITHER = AnyOf((Channel.EMAIL, Channel.SITE_NOTICE))
BOTH = AllOf((Channel.EMAIL, Channel.SITE_NOTICE))
SITE, MAIL = (Channel.SITE_NOTICE,), (Channel.EMAIL,)


def promise(channels):
    timing = Timing(When.BEFORE_EFFECT, Period(10))
    return Promise(Trigger.MATERIAL, channels, timing, READ_IN)


@pytest.fixture
def page(monkeypatch):
    """The site as the prober finds it: answered by the real views, or down."""
    site = {"is_up": True}

    def look(url, notice_sha256):
        if not site["is_up"]:
            return "the page does not answer (URLError)"
        path = "/" + url.split("/", 3)[3]
        shown = f'data-notice="{notice_sha256}"' in Client().get(path).content.decode()
        return "" if shown else "the page does not show the notice"

    monkeypatch.setattr("notifications.actions.displays.look", look)
    return site


def announce(formula, channels):
    """(policy, publication) of a material change told by these channels, nothing done yet."""
    admin = factories.admin()
    policy = factories.policy(admin, promise=promise(formula))
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT, channels=channels)
    return policy, publication


def test_a_notice_on_the_site_that_was_seen_keeps_the_promise(page):
    policy, publication = announce(EITHER, SITE)
    factories.work()
    publication.refresh_from_db()
    assert publication.cleared_at
    assert not Delivery.objects.exists()
    cleared = Entry.objects.get(kind="publication.cleared").payload
    assert cleared["display"]["seen"] == 1
    assert cleared["display"]["url"].endswith(f"/{policy.slug}/")
    with time_machine.travel(publication.effective_at, tick=False):
        assert queries.in_force(policy, clock.now()).number == 2


def test_a_notice_that_nobody_can_see_clears_nothing_and_holds_at_the_deadline(page):
    page["is_up"] = False
    _policy, publication = announce(EITHER, SITE)
    factories.work()
    publication.refresh_from_db()
    assert publication.cleared_at is None
    assert Sighting.objects.get().problem == "the page does not answer (URLError)"
    with time_machine.travel(publication.deadline_at, tick=False):
        factories.work()
        publication.refresh_from_db()
        assert publication.state(clock.now()) == State.HELD
        assert Display.objects.get().closed_at


def test_it_is_looked_for_again_until_it_is_seen(page):
    page["is_up"] = False
    _policy, publication = announce(EITHER, SITE)
    factories.work()
    page["is_up"] = True
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        factories.work()
    publication.refresh_from_db()
    assert publication.cleared_at
    assert [*Sighting.objects.values_list("was_seen", flat=True)] == [False, True]


def test_where_both_are_chosen_both_must_be_kept(page, smtp):
    smtp.answer = lambda server, envelope: "451 later"
    _policy, publication = announce(BOTH, None)
    factories.work()
    publication.refresh_from_db()
    assert publication.cleared_at is None
    smtp.answer = None
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        factories.work()
    publication.refresh_from_db()
    assert publication.cleared_at


def test_the_channel_that_was_chosen_binds_where_the_promise_leaves_a_choice(page, smtp):
    smtp.stop()
    _policy, publication = announce(EITHER, MAIL)
    factories.work()
    publication.refresh_from_db()
    assert not Display.objects.exists()
    assert publication.cleared_at is None


def test_the_notice_stands_on_every_page_of_the_publisher_until_the_effect(client, page):
    policy, publication = announce(EITHER, SITE)
    slug = policy.publisher.slug
    notice = site_notices.site_notice(publication.versions.get())
    addresses = [f"/{slug}/", f"/{slug}/{policy.slug}/", f"/{slug}/{policy.slug}/versions/1/"]
    for address in addresses:
        assert notice.sha256 in client.get(address).content.decode(), address
    factories.work()
    with time_machine.travel(publication.effective_at + timedelta(seconds=1), tick=False):
        for address in addresses:
            assert "data-notice" not in client.get(address).content.decode(), address


def test_a_withdrawn_change_is_no_longer_shown(client, page):
    policy, publication = announce(EITHER, SITE)
    admin = factories.admin()
    withdraw_publication(publication_id=publication.pk, reason="x", by=admin)
    assert "data-notice" not in client.get(f"/{policy.publisher.slug}/").content.decode()
    assert Display.objects.get().closed_at


def test_another_publisher_shows_nothing_of_it(client, page):
    announce(EITHER, SITE)
    admin = factories.admin()
    other = factories.policy(admin)
    factories.publish(other, admin)
    page = client.get(f"/{other.publisher.slug}/{other.slug}/").content.decode()
    assert "data-notice" not in page


class Answer(BaseHTTPRequestHandler):
    """A page that shows one notice, at one address."""

    def do_GET(self):
        self.send_response(200 if self.path == "/policy/" else 404)
        self.end_headers()
        self.wfile.write(b'<p data-notice="' + b"a" * 64 + b'">changes</p>')

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site():
    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_look_over_http_sees_the_notice_or_says_what_is_wrong(site):
    assert prober.look(f"{site}/policy/", "a" * 64) == ""
    assert prober.look(f"{site}/policy/", "b" * 64) == "the page does not show the notice"
    assert prober.look(f"{site}/nowhere/", "a" * 64) == "the page answered 404"
    assert prober.look("http://127.0.0.1:9/", "a" * 64).startswith("the page does not answer")
