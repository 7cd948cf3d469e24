"""How a promise is frozen: any promise comes back, and what was frozen stays readable."""

import json

import pytest
from hypothesis import given

from documents.evidence.canonical import digest
from documents.promises import (
    HOUSE_PROMISE,
    AllOf,
    AnyOf,
    Basis,
    Channel,
    Period,
    Promise,
    Term,
    Timing,
    Trigger,
    When,
    from_record,
    is_house_default,
    resting_on,
    to_record,
)
from documents.promises.records import formula, formula_record

from .terms import formulas, promises


@given(promises())
def test_a_promise_survives_being_frozen(promise):
    assert from_record(to_record(promise)) == promise


@given(promises())
def test_a_record_survives_being_stored_as_json(promise):
    record = to_record(promise)
    stored = json.loads(json.dumps(record))
    assert stored == record
    assert from_record(stored) == promise
    assert digest(stored) == digest(record)


@given(promises(), promises())
def test_two_promises_have_one_hash_only_if_they_are_frozen_alike(one, other):
    is_alike = to_record(one) == to_record(other)
    assert (one == other) is is_alike
    if is_alike:
        assert digest(to_record(one)) == digest(to_record(other))


@given(promises())
def test_a_record_holds_json_values_alone(promise):
    assert_is_json(to_record(promise))


def assert_is_json(value):
    assert type(value) in {dict, list, str, int, type(None)}
    if isinstance(value, dict):
        assert all(type(key) is str for key in value)
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            assert_is_json(item)


def test_the_form_of_a_frozen_promise_does_not_change():
    house = {"clause_key": "", "words": "", "interpretation_by": "house default"}
    assert to_record(HOUSE_PROMISE) == {
        "format": 2,
        "trigger": "material",
        "channels": "email",
        "timing": {"when": "before_effect", "at_least": None, "at_most": None},
        "clock_start": "accepted",
        "otherwise": None,
        "exceptions": [],
        "consent": {"kind": "none", "object_within": None},
        "audience": ["account_holders", "end_users"],
        "availability": "not_stated",
        "bases": [{"terms": [term.value for term in Term], **house}],
    }


# Format 1 had one channel, a number of days or none, and one basis for everything.

CITED = {"clause_key": "a", "words": "by e-mail", "interpretation_by": ""}


def format_1(channel, days, trigger="material", basis=CITED):
    return {
        "format": 1,
        "trigger": trigger,
        "channel": channel,
        "notice_days": days,
        "basis": basis,
    }


@pytest.mark.parametrize(
    ("channel", "days", "timing"),
    [
        ("email", None, Timing(When.BEFORE_EFFECT)),
        ("email", 0, Timing(When.BEFORE_EFFECT, Period(0))),
        ("email", 30, Timing(When.BEFORE_EFFECT, Period(30))),
        ("posting", None, Timing(When.ON_POSTING)),
        ("posting", 0, Timing(When.ON_POSTING)),
        ("posting", 14, Timing(When.BEFORE_EFFECT, Period(14))),
    ],
)
@pytest.mark.parametrize("trigger", Trigger)
def test_a_promise_frozen_in_format_1_means_what_it_meant(channel, days, timing, trigger):
    basis = Basis("a", "by e-mail")
    expected = Promise(trigger, Channel(channel), timing, resting_on(basis))
    assert from_record(format_1(channel, days, trigger.value)) == expected


def test_the_house_promise_of_format_1_is_still_known_as_the_house_default():
    basis = {"clause_key": "", "words": "", "interpretation_by": "house default"}
    promise = from_record(format_1("email", None, basis=basis))
    assert promise == HOUSE_PROMISE
    assert is_house_default(promise)


@pytest.mark.parametrize("number", [0, 3, "2", None])
def test_a_format_that_is_not_known_is_refused(number):
    with pytest.raises(ValueError, match="format"):
        from_record(to_record(HOUSE_PROMISE) | {"format": number})


@pytest.mark.parametrize("term", ["trigger", "channels", "clock_start", "availability"])
def test_a_word_that_is_not_known_is_refused(term):
    with pytest.raises(ValueError, match="telepathy"):
        from_record(to_record(HOUSE_PROMISE) | {term: "telepathy"})


def test_a_record_without_the_basis_of_a_term_is_refused():
    record = to_record(HOUSE_PROMISE)
    record["bases"][0]["terms"].remove(Term.CONSENT.value)
    with pytest.raises(ValueError, match="bases_missing"):
        from_record(record)


# Formulas


@pytest.mark.parametrize(
    ("value", "record"),
    [
        (Channel.EMAIL, "email"),
        (AnyOf((Channel.EMAIL, Channel.SITE_NOTICE)), {"any_of": ["email", "site_notice"]}),
        (
            AllOf((AnyOf((Channel.EMAIL, Channel.SITE_NOTICE)), Channel.POSTING)),
            {"all_of": [{"any_of": ["email", "site_notice"]}, "posting"]},
        ),
    ],
)
def test_a_formula_is_written_with_its_words(value, record):
    assert formula_record(value) == record
    assert formula(record) == value


@given(formulas)
def test_every_formula_comes_back(value):
    assert formula(json.loads(json.dumps(formula_record(value)))) == value


@pytest.mark.parametrize(
    "record", ["letter", {"one_of": ["email"]}, {}, {"any_of": [], "all_of": []}, {"any_of": [7]}]
)
def test_a_formula_that_cannot_be_read_is_refused(record):
    with pytest.raises(ValueError, match=r"."):
        formula(record)
