"""Limits are set by administrators, for all publishers."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.models import Role
from notifications.models import Rate, WarmUpDay
from tests import factories

pytestmark = pytest.mark.django_db


def limit(by, *arguments):
    out = StringIO()
    call_command("limit_mail", *arguments, "--by", by.get_username(), "--json", stdout=out)
    return json.loads(out.getvalue())


def test_rates_are_set_shown_and_taken_away():
    admin = factories.admin()
    limit(admin, "--per-minute", "600")
    assert limit(admin, "--per-minute", "10", "--domain", "Bücher.example")["per minute"] == {
        "*": 600,
        "xn--bcher-kva.example": 10,
    }
    assert limit(admin, "--per-minute", "0")["per minute"] == {"xn--bcher-kva.example": 10}


def test_setting_a_rate_again_gives_no_fresh_start():
    admin = factories.admin()
    limit(admin, "--per-minute", "10")
    Rate.objects.update(free_at="2030-01-01T00:00:00Z")
    limit(admin, "--per-minute", "20")
    assert Rate.objects.get().free_at.year == 2030


def test_a_plan_replaces_what_is_left_of_the_last_and_keeps_what_was_used():
    admin = factories.admin()
    limit(admin, "--warm-up", "5,10,20")
    WarmUpDay.objects.filter(most=5).update(used=3)
    plan = limit(admin, "--warm-up", "50,100")["warm-up"]
    assert list(plan.values()) == ["3 of 50", "0 of 100"]


@pytest.mark.parametrize(
    "arguments",
    [("--per-minute", "-1"), ("--warm-up", "5,-5"), ("--per-minute", "5", "--domain", "..")],
)
def test_what_is_no_limit_changes_nothing(arguments):
    admin = factories.admin()
    with pytest.raises(CommandError):
        limit(admin, *arguments)
    assert not Rate.objects.exists()
    assert not WarmUpDay.objects.exists()


def test_who_is_no_administrator_sets_none():
    admin = factories.admin()
    person = factories.member(factories.publisher(admin), Role.PUBLISHER)
    with pytest.raises(CommandError, match="administrator"):
        limit(person, "--per-minute", "5")
