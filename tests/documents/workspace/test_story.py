"""The screen that tells the story of a policy, and the evidence on a publication's screen."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from documents.actions.hold_publication import hold_publication
from documents.models import Entry, Role
from documents.story import telling
from legalcms import clock
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db


def url(name, policy, *args):
    return reverse(f"documents_workspace:{name}", args=[policy.pk, *args])


@pytest.fixture
def auditor(client, policy):
    user = factories.member(policy.publisher, Role.AUDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def pending(policy, admin):
    factories.recipients(policy.publisher, admin)
    return factories.publish(policy, admin, MATERIAL_TEXT)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text(element):
    return " ".join(element.get_text().split())


def lines(tree):
    return [text(each) for each in tree.select(".legalcms-story li")]


def test_it_tells_day_by_day_what_happened_with_the_proof_of_each_line(
    client, auditor, admin, policy, pending
):
    tree = page(client, url("story", policy))
    (day,) = tree.select("h2 time")
    today = clock.now().astimezone(policy.publisher.zone).date()
    assert day["datetime"] == today.isoformat()
    entry = Entry.objects.get(kind="version.published", publication=pending)
    (line,) = (
        each
        for each in tree.select(".legalcms-from-log")
        if f"{admin} published version 2 as a material change" in text(each)
    )
    assert text(line).endswith(f"entry {entry.seq} {entry.sha256[:8]}…")
    assert line.code["title"] == f"SHA-256 {entry.sha256}"
    assert line.a["href"] == f"{url('publication', policy, pending.pk)}#entry-{entry.seq}"


def test_edits_are_told_quietly_and_without_an_entry(client, auditor, admin, policy):
    tree = page(client, url("story", policy))
    assert [text(each) for each in tree.select(".legalcms-from-draft .legalcms-words")] == [
        f"{admin} imported a file as the draft.",
        f"{admin} started the policy.",
    ]
    assert not tree.select(".legalcms-from-draft code")


def test_what_follows_from_the_record_stands_out(client, auditor, policy):
    tree = page(client, url("story", policy))
    assert [text(each) for each in tree.select(".legalcms-from-record .legalcms-words")] == [
        "Version 1 took effect."
    ]


def test_free_text_is_escaped(client, auditor, admin, policy, pending):
    hold_publication(publication_id=pending.pk, reason="<b>Wait</b>", by=admin)
    for address in (url("story", policy), url("publication", policy, pending.pk)):
        assert "&lt;b&gt;Wait&lt;/b&gt;" in client.get(address).content.decode()


def test_a_long_story_goes_on_before_its_oldest_day(client, auditor, admin, policy, monkeypatch):
    with time_machine.travel(clock.now() + timedelta(days=1), tick=True):
        client.force_login(auditor)
        factories.propose(policy, admin, MATERIAL_TEXT)
        monkeypatch.setattr(telling, "PAGE", 1)
        tree = page(client, url("story", policy))
        assert len(tree.select("h2")) == 1
        (older,) = tree.select("a[href^='?before=']")
        tree = page(client, url("story", policy) + older["href"])
        assert f"{admin} started the policy." in lines(tree)[-1]
        assert not tree.select("a[href^='?before=']")
        assert "Back to the newest" in [text(each) for each in tree.select("a")]


def test_before_the_beginning_nothing_happened(client, auditor, policy):
    tree = page(client, url("story", policy) + "?before=2001-01-01")
    assert "Nothing happened before that day." in text(tree)


@pytest.mark.parametrize("asked", ["yesterday", "2026-02-30", "0001-01-01", "9999-99-99"])
def test_what_is_no_day_is_not_found(client, auditor, policy, asked):
    assert client.get(url("story", policy), {"before": asked}).status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EDITOR, Role.RECIPIENTS])
def test_the_outline_leads_whoever_may_view_it_to_the_story(client, policy, role):
    client.force_login(factories.member(policy.publisher, role))
    assert url("story", policy) in client.get(url("outline", policy)).content.decode()


def test_a_publication_shows_its_entries_in_sentences_the_oldest_first(
    client, auditor, admin, policy, pending
):
    hold_publication(publication_id=pending.pk, reason="Not signed yet.", by=admin)
    tree = page(client, url("publication", policy, pending.pk))
    rows = tree.select("tr[id^=entry-]")
    assert [row["id"] for row in rows] == [
        f"entry-{seq}" for seq in pending.entries.order_by("seq").values_list("seq", flat=True)
    ]
    assert text(rows[-1]).endswith(f"{admin} held version 2. The reason: “Not signed yet.”")
