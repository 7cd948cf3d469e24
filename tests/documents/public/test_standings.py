"""Where all versions stand, computed at once, is what the single queries say of each."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents import queries
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.withdraw_publication import withdraw_publication
from documents.comparison import Significance
from documents.models.publications import State
from documents.promises import Effect
from tests import factories
from tests.documents.public.pages import address
from tests.factories import TEXT

# To come: the database refuses, by its own clock, to withdraw what has taken effect.
START = datetime(2090, 3, 1, 12, tzinfo=UTC)
PAGES = ["", "versions/", "versions/1/", "compare/1..2/"]


def text(years):
    return TEXT.replace("two years", f"{years} years")


def at_day(number):
    return time_machine.travel(START + timedelta(days=number), tick=False)


@pytest.fixture
def eventful(admin):
    """In force, replaced, withdrawn, two in one instant, moved to a later day, pending."""
    with at_day(0):
        policy = factories.policy(admin)
        factories.publish(policy, admin)
        factories.recipients(policy.publisher, admin)
    with at_day(1):
        withdrawn = factories.publish(policy, admin, text(3))
        factories.work()
        withdraw_publication(publication_id=withdrawn.pk, reason="a mistake", by=admin)
    with at_day(2):
        factories.publish(policy, admin, text(4), Significance.EDITORIAL)
        factories.publish(policy, admin, text(5), Significance.EDITORIAL)
    with at_day(3):
        factories.publish(policy, admin, text(6))
    with at_day(20):
        factories.work()
        late = queries.pending(policy, START + timedelta(days=20)).publication
        reschedule_publication(
            publication_id=late.pk,
            effect=Effect((START + timedelta(days=40)).date()),
            by=admin,
        )
        factories.work()
    with at_day(50):
        factories.publish(policy, admin, text(7))
    return policy


def test_standings_agree_with_the_single_queries(eventful):
    for day in (0, 1, 2, 3, 14, 20, 39.5, 40, 50, 61, 70):
        assert_agreement(eventful, START + timedelta(days=day))


def assert_agreement(eventful, at):
    current = queries.in_force(eventful, at)
    standings = queries.standings(eventful, at)
    assert [s.version for s in standings] == list(queries.history(eventful))
    assert [s.version for s in standings if s.state == "in_force"] == [current]
    for standing in standings:
        version = standing.version
        assert standing.before == queries.predecessor(version)
        took_effect = standing.state in {"in_force", "superseded"}
        assert took_effect == (version.publication.state(at) == State.EFFECTIVE)
        assert took_effect or standing.state == version.publication.state(at)


def test_the_story_has_every_state(eventful):
    seen = {
        standing.state
        for day in (50, 70)
        for standing in queries.standings(eventful, START + timedelta(days=day))
    }
    assert seen == {"in_force", "superseded", "withdrawn", "pending", "held"}


def test_what_replaced_a_version_is_the_next_to_take_effect(eventful):
    standings = queries.standings(eventful, START + timedelta(days=45))
    after = {s.version.number: s.after and s.after.number for s in standings}
    assert after == {1: 3, 2: None, 3: 4, 4: 5, 5: None, 6: None}


def test_nothing_is_in_force_before_the_first_effect(eventful):
    standings = queries.standings(eventful, START - timedelta(days=1))
    assert {s.state for s in standings} <= {"pending", "held", "withdrawn"}


def test_a_page_asks_as_much_for_a_long_history_as_for_a_short_one(client, admin):
    policy = factories.policy(admin)
    paths = [address(policy, page) for page in PAGES]
    for years in range(2, 4):
        factories.publish(policy, admin, text(years), Significance.EDITORIAL)
    client.get(paths[0])  # what a process looks up once
    short = [count_queries(client, path) for path in paths]
    for years in range(4, 9):
        factories.publish(policy, admin, text(years), Significance.EDITORIAL)
    assert [count_queries(client, path) for path in paths] == short
    assert max(short) <= 10


def count_queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
