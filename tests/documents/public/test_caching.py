"""A page may be kept, and never past the instant at which it could change."""

import re
from datetime import timedelta

import pytest
import time_machine

from documents import queries
from documents.actions.withdraw_publication import withdraw_publication
from documents.public.caching import LONGEST
from legalcms import clock
from tests.documents.public.pages import address, words

PAGES = ["", "versions/", "versions/1/", "compare/1..1/"]


def max_age(response):
    """Seconds for which a response may be kept."""
    return int(re.search(r"max-age=(\d+)", response["Cache-Control"]).group(1))


@pytest.fixture
def effective_at(announced):
    return queries.pending(announced, clock.now()).publication.effective_at


def test_an_unchanged_page_is_not_sent_again(client, published):
    for page in PAGES:
        first = client.get(address(published, page))
        again = client.get(address(published, page), headers={"if-none-match": first["ETag"]})
        assert first.status_code == 200
        assert again.status_code == 304, page
        assert again.content == b""


def test_a_page_with_nothing_to_come_is_kept_for_minutes(client, published):
    for page in PAGES:
        response = client.get(address(published, page))
        assert max_age(response) == LONGEST, page
        assert "public" in response["Cache-Control"]


@pytest.mark.parametrize(("before", "allowed"), [(3600, LONGEST), (90.5, 90), (1, 1), (0.4, 0)])
def test_a_page_is_never_kept_past_the_next_effect(
    client, announced, effective_at, before, allowed
):
    with time_machine.travel(effective_at - timedelta(seconds=before), tick=False):
        for page in PAGES:
            assert max_age(client.get(address(announced, page))) == allowed, page


def test_the_text_changes_at_the_very_second_with_no_worker(client, announced, effective_at):
    with time_machine.travel(effective_at - timedelta(microseconds=1), tick=False):
        before = client.get(address(announced))
    with time_machine.travel(effective_at, tick=False):
        after = client.get(address(announced), headers={"if-none-match": before["ETag"]})
        old = client.get(address(announced, "versions/1/"))
    assert "We keep your name for two years." in words(before)
    assert after.status_code == 200
    assert "We keep your name for ten years." in words(after)
    assert "This text is no longer in force." in words(old)


def test_a_withdrawn_effect_bounds_nothing(client, announced, effective_at, admin):
    publication = queries.pending(announced, clock.now()).publication
    withdraw_publication(publication_id=publication.pk, reason="a mistake", by=admin)
    with time_machine.travel(effective_at - timedelta(seconds=10), tick=False):
        assert max_age(client.get(address(announced))) == LONGEST


def test_a_reader_gets_no_cookie(client, published):
    for page in PAGES:
        assert not client.get(address(published, page)).cookies, page
