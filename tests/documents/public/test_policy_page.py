"""The page of a policy: the text in force, what is announced, and what was there before."""

from datetime import timedelta

import pytest
import time_machine

from documents import queries
from documents.actions.withdraw_publication import withdraw_publication
from legalcms import clock
from tests import factories
from tests.documents.public.pages import address, words
from tests.factories import MATERIAL_TEXT, POSTING_PROMISE


@pytest.fixture
def first_announced(policy, admin):
    """A first text with a date to come."""
    today = clock.now().astimezone(policy.publisher.zone).date()
    return factories.publish(policy, admin, on=today + timedelta(days=5))


def test_a_first_text_shows_its_number_and_day(client, admin):
    with time_machine.travel("2026-02-28T23:30:00Z", tick=False):  # 1 March in Paris
        policy = factories.policy(admin)
        factories.publish(policy, admin)
        response = client.get(address(policy))
    assert "In force since 1 March 2026 · version 1 All versions" in words(response)
    assert '<time datetime="2026-03-01">1 March 2026</time>' in response.content.decode()
    assert "We keep your name for two years." in words(response)


def test_a_later_text_names_the_one_that_it_replaces_and_links_to_the_change(client, admin):
    policy = factories.policy(admin, promise=POSTING_PROMISE)
    factories.publish(policy, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    response = client.get(address(policy))
    assert "version 2 · replaces version 1" in words(response)
    assert f'href="{address(policy, "compare/1..2/")}"' in response.content.decode()
    assert f'href="{address(policy, "versions/")}"' in response.content.decode()


def test_an_announced_change_is_shown_with_its_day_summary_and_redline(client, announced):
    day = queries.pending(announced, clock.now()).publication.effective_at
    day = day.astimezone(announced.publisher.zone)
    response = client.get(address(announced))
    assert f"This text changes on {day.day} {day:%B %Y}" in words(response)
    assert "We keep names for ten years." in words(response)
    assert "We keep your name for two years." in words(response)
    assert "We keep your name for ten years." not in words(response)
    assert f'href="{address(announced, "compare/1..2/")}"' in response.content.decode()


def test_the_page_says_that_effect_depends_on_telling_everyone_until_it_is_cleared(
    client, published, admin
):
    factories.publish(published, admin, MATERIAL_TEXT)
    condition = "only if everyone is told in time"
    assert condition in words(client.get(address(published)))
    factories.work()
    assert condition not in words(client.get(address(published)))


def test_a_held_change_says_why_and_the_old_text_stays(client, held):
    for page in (words(client.get(address(held))), _after_work(client, held)):
        assert "Version 2 has not taken effect" in page
        assert "held back: not everyone was told of it in time, as promised." in page
        assert "the text on this page stays in force" in page
        assert "This text changes on" not in page
        assert "We keep your name for two years." in page


def _after_work(client, policy):
    factories.work()
    return words(client.get(address(policy)))


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("late", "the notice of it went out too late for that day."),
        ("nobody_told", "no notice of it could be delivered."),
        ("unsettled", "not everyone was told of it in time, as promised."),
    ],
)
def test_each_reason_to_hold_has_its_words(client, held, reason, sentence):
    publication = queries.pending(held, clock.now()).publication
    publication.held_at, publication.hold_reason = clock.now(), reason
    publication.save()
    assert sentence in words(client.get(address(held)))


def test_before_its_first_effect_a_policy_shows_what_is_announced(client, policy, first_announced):
    response = client.get(address(policy))
    assert "No text is in force yet. The text below is announced." in words(response)
    assert "This text takes effect on" in words(response)
    assert "In force since" not in words(response)
    assert "We keep your name for two years." in words(response)
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_a_withdrawn_first_text_is_shown_as_withdrawn_only(client, policy, first_announced, admin):
    withdraw_publication(publication_id=first_announced.pk, reason="a mistake", by=admin)
    page = words(client.get(address(policy)))
    assert "No text is in force. What was announced has been withdrawn." in page
    assert "two years" not in page
    assert "never took effect" in words(client.get(address(policy, "versions/")))


def test_a_withdrawn_change_is_gone_from_the_page(client, announced, admin):
    publication = queries.pending(announced, clock.now()).publication
    withdraw_publication(publication_id=publication.pk, reason="a mistake", by=admin)
    assert "changes on" not in words(client.get(address(announced)))


def test_a_text_in_force_is_open_to_search_engines(client, published):
    assert "noindex" not in client.get(address(published)).content.decode()


def test_each_clause_has_a_stable_anchor_of_its_own(client, published):
    page = client.get(address(published)).content.decode()
    for place in queries.in_force(published, clock.now()).places():
        assert f'id="c-{place.key}"' in page
        assert page.count(f'href="#c-{place.key}"') >= 1


def test_the_page_ends_with_the_proof_of_its_text(client, published):
    version = queries.in_force(published, clock.now())
    page = words(client.get(address(published)))
    assert page.endswith(queries.entry_of(version.publication).sha256)
    assert version.sha256 in page
    assert address(published, "versions/1/") in page


def test_the_front_of_a_publisher_lists_what_can_be_read(client, published, admin):
    draft = factories.policy(admin, of=published.publisher)
    front = f"/{published.publisher.slug}/"
    page = client.get(front).content.decode()
    assert f'href="{address(published)}"' in page
    assert draft.slug not in page
    assert published.publisher.chain.sha256 in page
    assert f'href="{front}"' in client.get("/").content.decode()


def test_the_wording_follows_the_language_of_the_reader_and_stays_whole(client, published):
    response = client.get(address(published), headers={"accept-language": "fr"})
    assert '<html lang="fr">' in response.content.decode()
    assert "Accept-Language" in response["Vary"]
