"""Recording what a policy promises about its own changes."""

from dataclasses import replace

import pytest

from documents.actions.set_promise import set_promise
from documents.errors import InvalidInput
from documents.evidence.canonical import digest
from documents.models import Entry, PromiseSetting
from documents.promises import Basis, Period, Timing, Unit, When, resting_on
from tests import factories
from tests.factories import EMAIL_PROMISE, POSTING_PROMISE

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    return factories.policy(admin, promise=None)


def at_least(period):
    return Timing(When.BEFORE_EFFECT, period)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"bases": resting_on(Basis())}, "Either cite a clause and its words, or name who"),
        ({"timing": at_least(Period(3651))}, "at_least: .*3650"),
        ({"timing": at_least(Period(10**30))}, "at_least: .*3650"),
        ({"timing": at_least(Period(-1))}, "at_least"),
        ({"timing": at_least(Period(5, Unit.WORKING_DAYS, "XX"))}, "no calendar “XX”"),
    ],
)
def test_a_promise_that_cannot_be_is_refused_and_leaves_no_trace(policy, admin, values, says):
    with pytest.raises(InvalidInput, match=says):
        set_promise(policy=policy, promise=replace(EMAIL_PROMISE, **values), by=admin)
    assert not PromiseSetting.objects.exists()
    assert not PromiseSetting.history.exists()
    assert not Entry.objects.filter(kind="promise.set").exists()


def test_words_that_the_clause_does_not_hold_are_no_ground(policy, admin):
    key = str(policy.draft().ordered_clauses()[0].key)
    promise = replace(EMAIL_PROMISE, bases=resting_on(Basis(key, "never said")))
    with pytest.raises(InvalidInput, match=r"The cited clause does not contain these words\."):
        set_promise(policy=policy, promise=promise, by=admin)


def test_history_has_one_row_for_each_promise_that_was_made(policy, admin):
    set_promise(policy=policy, promise=EMAIL_PROMISE, by=admin)
    set_promise(policy=policy, promise=POSTING_PROMISE, by=admin)
    rows = PromiseSetting.history.order_by("history_id")
    assert [row.record["channels"] for row in rows] == ["email", "posting"]


def test_the_log_holds_a_hash_of_the_interpreters_name(policy, admin):
    bases = resting_on(Basis(interpretation_by="Ada Lovelace"))
    set_promise(policy=policy, promise=replace(EMAIL_PROMISE, bases=bases), by=admin)
    payload = Entry.objects.get(kind="promise.set").payload
    assert payload["promise"]["bases"][0]["interpretation_by_sha256"] == digest("Ada Lovelace")
    assert "Ada" not in str(payload)
