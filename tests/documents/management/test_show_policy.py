"""What was in force at an instant, as the command line tells it."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from documents.actions.reschedule_publication import reschedule_publication
from documents.errors import InvalidInput
from documents.management.arguments import instant_named
from documents.promises import Effect, legal_day
from legalcms import clock
from tests import factories
from tests.factories import MATERIAL_TEXT

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-01", datetime(2026, 2, 28, 23, tzinfo=UTC)),
        ("2026-07-01T09:00", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("2026-07-01T09:00:30", datetime(2026, 7, 1, 7, 0, 30, tzinfo=UTC)),
        ("2026-07-01T09:00Z", datetime(2026, 7, 1, 9, tzinfo=UTC)),
        ("2026-10-25T02:30+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_in_the_publishers_zone_unless_it_names_an_offset(text, instant):
    assert instant_named(text, PARIS) == instant


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("yesterday", "not an instant"),
        ("2026-02-30", "not an instant"),
        ("9999-12-31T23:59-12:00", "not an instant"),
        ("2026-03-29T02:30", "skip"),
        ("2026-10-25T02:30", "show it twice"),
    ],
)
def test_what_names_no_instant_is_refused(text, problem):
    with pytest.raises(InvalidInput, match=problem):
        instant_named(text, PARIS)


@pytest.fixture
def policy(db):
    """Version 1 in force, and nobody to be told of another."""
    admin = factories.admin()
    policy = factories.policy(admin)
    policy.admin = admin
    factories.publish(policy, admin)
    return policy


def shown(capsys, policy, *arguments):
    """What the command tells."""
    ours = ("--publisher", policy.publisher.slug, "--policy", policy.slug)
    capsys.readouterr()
    call_command("show_policy", *ours, "--by", policy.admin.username, "--json", *arguments)
    return json.loads(capsys.readouterr().out)


def test_before_version_1_nothing_was_in_force(policy, capsys):
    began = policy.versions.get().publication.effective_at
    before = shown(capsys, policy, "--at", (began - timedelta(seconds=1)).isoformat())
    assert before["in force"] is None
    assert shown(capsys, policy, "--at", began.isoformat())["in force"] == 1


def test_while_a_version_was_held_the_one_before_it_was_in_force(policy, capsys):
    publication = factories.publish(policy, policy.admin, MATERIAL_TEXT)
    first_date = publication.effective_at
    with time_machine.travel(first_date + timedelta(days=5)):
        factories.work()
        held = shown(capsys, policy)
        assert (held["in force"], held["announced"], held["state"]) == (1, 2, "held")
        factories.recipients(policy.publisher, policy.admin)
        new_day = legal_day(clock.now(), PARIS) + timedelta(days=20)
        reschedule_publication(
            publication_id=publication.pk, effect=Effect(new_day), by=policy.admin
        )
        factories.work()
    with time_machine.travel(first_date + timedelta(days=60)):
        for days, number in ((-1, 1), (0, 1), (5, 1), (24, 1), (25, 2), (60, 2)):
            day = legal_day(first_date + timedelta(days=days), PARIS)
            told = shown(capsys, policy, "--at", day.isoformat())
            assert told["in force"] == number
            assert "announced" not in told
        assert shown(capsys, policy)["in force"] == 2


def test_a_date_is_its_first_instant_and_the_answer_names_the_instant(policy, capsys):
    publication = factories.publish(policy, policy.admin, MATERIAL_TEXT)
    day = legal_day(publication.effective_at, PARIS)
    told = shown(capsys, policy, "--at", day.isoformat())
    assert told["at"] == publication.effective_at.isoformat()


def test_the_promise_told_is_the_one_in_force(policy, capsys):
    told = shown(capsys, policy)
    assert told["promise"].startswith("Every material change is told by e-mail")
    assert told["basis"] == "Interpretation by the tests."


def test_an_instant_that_cannot_be_read_is_said_in_one_message(policy, capsys):
    with pytest.raises(CommandError, match="at: “soon” is not an instant"):
        shown(capsys, policy, "--at", "soon")
