"""The timeline, and each version as it stood."""

from datetime import timedelta

import pytest
import time_machine

from documents import queries
from documents.actions.withdraw_publication import withdraw_publication
from legalcms import clock
from tests import factories
from tests.documents.public.pages import Outline, address, words
from tests.factories import MATERIAL_TEXT, POSTING_PROMISE

NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def replaced(admin):
    """Version 2 replaced version 1 on 10 March 2026."""
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        policy = factories.policy(admin, promise=POSTING_PROMISE)
        factories.publish(policy, admin)
    with time_machine.travel("2026-03-10T12:00:00Z", tick=False):
        factories.publish(policy, admin, MATERIAL_TEXT, summary="Names are kept longer.")
    return policy


def test_the_timeline_lists_every_version_newest_first(client, replaced):
    response = client.get(address(replaced, "versions/"))
    page = words(response)
    assert page.index("Version 2") < page.index("Version 1")
    assert "In force Took effect on 10 March 2026." in page
    assert "Took effect on 1 March 2026, replaced by version 2 on 10 March 2026." in page
    assert "Announced on 10 March 2026." in page
    assert "Names are kept longer." in page
    links = Outline(response).attributes("href")
    assert {address(replaced, f"versions/{n}/") for n in (1, 2)} <= set(links)
    assert address(replaced, "compare/1..2/") in links


def test_the_timeline_names_what_is_pending_held_and_withdrawn(client, announced, admin):
    publication = queries.pending(announced, clock.now()).publication
    assert "Announced Takes effect on" in words(client.get(address(announced, "versions/")))
    withdraw_publication(publication_id=publication.pk, reason="a mistake", by=admin)
    assert "never took effect" in words(client.get(address(announced, "versions/")))


def test_the_timeline_names_what_is_held(client, held):
    assert ", has not taken effect." in words(client.get(address(held, "versions/")))


def test_a_replaced_version_says_so_and_leads_to_the_text_in_force(client, replaced):
    response = client.get(address(replaced, "versions/1/"))
    page = words(response)
    assert (
        "This text is no longer in force. Version 2 replaced it on 10 March 2026. "
        "Read the text in force"
    ) in page
    assert page.index("no longer in force") < page.index("Privacy Version 1")
    assert "We keep your name for two years." in page
    assert "In force until 10 March 2026" in page
    assert address(replaced) in Outline(response).attributes("href")


@pytest.mark.parametrize("number", [1, 2])
def test_a_version_shows_its_own_evidence(client, replaced, number):
    shown = replaced.versions.get(number=number)
    other = replaced.versions.exclude(number=number).get()
    page = words(client.get(address(replaced, f"versions/{number}/")))
    assert shown.sha256 in page
    assert queries.entry_of(shown.publication).sha256 in page
    assert other.sha256 not in page


def test_the_version_in_force_is_open_to_search_engines_and_all_others_are_not(client, replaced):
    assert NOINDEX not in client.get(address(replaced, "versions/2/")).content.decode()
    assert "not in force" not in client.get(address(replaced, "versions/2/")).content.decode()
    old = client.get(address(replaced, "versions/1/")).content.decode()
    assert NOINDEX in old
    assert "version 1 (not in force)" in old


def test_an_announced_version_says_that_it_is_not_in_force_yet(client, announced):
    response = client.get(address(announced, "versions/2/"))
    assert "This text is not in force yet. It takes effect on" in words(response)
    assert "We keep your name for ten years." in words(response)
    assert NOINDEX in response.content.decode()


def test_an_uncleared_version_says_on_what_it_depends(client, published, admin):
    factories.publish(published, admin, MATERIAL_TEXT)
    page = words(client.get(address(published, "versions/2/")))
    assert "if everyone is told in time, as promised." in page


def test_a_held_version_says_that_it_has_not_taken_effect_and_why(client, held):
    response = client.get(address(held, "versions/2/"))
    assert "This text has not taken effect. It was announced for" in words(response)
    assert NOINDEX in response.content.decode()


def test_a_withdrawn_version_says_that_it_never_took_effect(client, announced, admin):
    publication = queries.pending(announced, clock.now()).publication
    withdraw_publication(publication_id=publication.pk, reason="a mistake", by=admin)
    response = client.get(address(announced, "versions/2/"))
    assert "This text was withdrawn and never took effect." in words(response)
    assert NOINDEX in response.content.decode()


def test_where_nothing_is_in_force_no_link_pretends_otherwise(client, policy, admin):
    today = clock.now().astimezone(policy.publisher.zone).date()
    factories.publish(policy, admin, on=today + timedelta(days=5))
    assert "Read the text in force" not in words(client.get(address(policy, "versions/1/")))
