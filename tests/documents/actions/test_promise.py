"""Recording what a policy promises about its own changes."""

from dataclasses import replace

import pytest

from documents.actions.set_promise import set_promise
from documents.errors import InvalidInput
from documents.evidence.canonical import digest
from documents.models import Entry, PromiseSetting
from documents.promises import Basis
from tests import factories
from tests.factories import EMAIL_PROMISE, POSTING_PROMISE

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    return factories.policy(admin, promise=None)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"basis": Basis()}, "Either cite a clause and its words, or name who"),
        ({"notice_days": 3651}, "notice_days: .*3650"),
        ({"notice_days": 10**30}, "notice_days: .*3650"),
        ({"notice_days": -1}, "notice_days"),
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
    promise = replace(EMAIL_PROMISE, basis=Basis(clause_key=key, words="never said"))
    with pytest.raises(InvalidInput, match=r"The cited clause does not contain these words\."):
        set_promise(policy=policy, promise=promise, by=admin)


def test_history_has_one_row_for_each_promise_that_was_made(policy, admin):
    set_promise(policy=policy, promise=EMAIL_PROMISE, by=admin)
    set_promise(policy=policy, promise=POSTING_PROMISE, by=admin)
    rows = PromiseSetting.history.order_by("history_id")
    assert [row.channel for row in rows] == ["email", "posting"]


def test_the_log_holds_a_hash_of_the_interpreters_name(policy, admin):
    basis = Basis(interpretation_by="Ada Lovelace")
    set_promise(policy=policy, promise=replace(EMAIL_PROMISE, basis=basis), by=admin)
    payload = Entry.objects.get(kind="promise.set").payload
    assert payload["promise"]["basis"]["interpretation_by_sha256"] == digest("Ada Lovelace")
    assert "Ada" not in str(payload)
