"""The words of a promise: which channels keep it, and which terms contradict each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.comparison import Significance
from documents.promises import (
    HOUSE_NOTICE,
    HOUSE_PROMISE,
    AllOf,
    AnyOf,
    Basis,
    Channel,
    Period,
    Term,
    Timing,
    Trigger,
    UnusablePromise,
    When,
    channels_of,
    is_house_default,
    plans,
    resting_on,
    satisfied,
    triggered,
    uncited,
)
from tests.documents.comparison.clauses import clause

from .terms import BEFORE, COUNSEL, ON_POSTING, before, channel_sets, formulas, promise

EMAIL, SITE_NOTICE, POSTING = Channel.EMAIL, Channel.SITE_NOTICE, Channel.POSTING
EITHER = AnyOf((EMAIL, SITE_NOTICE))
BOTH = AllOf((EMAIL, SITE_NOTICE))


@pytest.mark.parametrize(
    ("formula", "channels", "keeps"),
    [
        (EMAIL, [EMAIL], True),
        (EMAIL, [SITE_NOTICE, POSTING], False),
        (EMAIL, [], False),
        (EITHER, [EMAIL], True),
        (EITHER, [SITE_NOTICE], True),
        (EITHER, [POSTING], False),
        (BOTH, [EMAIL], False),
        (BOTH, [EMAIL, SITE_NOTICE], True),
        (AllOf((EITHER, POSTING)), [SITE_NOTICE], False),
        (AllOf((EITHER, POSTING)), [SITE_NOTICE, POSTING], True),
        (AnyOf((BOTH, POSTING)), [EMAIL], False),
        (AnyOf((BOTH, POSTING)), [POSTING], True),
    ],
)
def test_which_channels_keep_a_formula(formula, channels, keeps):
    assert satisfied(formula, channels) is keeps


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (EMAIL, [{EMAIL}]),
        (EITHER, [{EMAIL}, {SITE_NOTICE}]),
        (AnyOf((SITE_NOTICE, EMAIL)), [{SITE_NOTICE}, {EMAIL}]),
        (BOTH, [{EMAIL, SITE_NOTICE}]),
        (AnyOf((BOTH, EMAIL)), [{EMAIL}]),
        (AllOf((EITHER, EMAIL)), [{EMAIL}]),
        (AllOf((EITHER, POSTING)), [{EMAIL, POSTING}, {SITE_NOTICE, POSTING}]),
    ],
)
def test_plans_are_the_smallest_choices_in_the_order_of_the_formula(formula, expected):
    assert list(plans(formula)) == expected


@given(formulas)
def test_every_plan_keeps_its_formula_and_needs_each_of_its_channels(formula):
    assert plans(formula)
    for plan in plans(formula):
        assert satisfied(formula, plan)
        assert plan <= channels_of(formula)
        assert not any(satisfied(formula, plan - {channel}) for channel in plan)


@given(formulas, channel_sets)
def test_channels_keep_a_formula_exactly_if_they_include_a_plan(formula, channels):
    assert satisfied(formula, channels) is any(plan <= channels for plan in plans(formula))


@given(formulas, channel_sets, channel_sets)
def test_telling_by_more_channels_never_breaks_what_fewer_keep(formula, some, more):
    if satisfied(formula, some):
        assert satisfied(formula, some | more)


def test_the_channels_of_a_formula_are_all_that_it_names():
    assert channels_of(AllOf((EITHER, AnyOf((EMAIL, POSTING))))) == {*Channel}


UNUSABLE = {
    "bases_missing": {"bases": {Term.TRIGGER: COUNSEL}},
    "audience_empty": {"audience": ()},
    "on_posting_needs_posting": {"channels": EMAIL, "timing": ON_POSTING},
    "otherwise_is_posting": {"otherwise": EMAIL},
}


@pytest.mark.parametrize(("code", "terms"), UNUSABLE.items())
def test_terms_that_contradict_each_other_are_refused_by_name(code, terms):
    with pytest.raises(UnusablePromise) as refused:
        promise(**terms)
    assert refused.value.code == code


@pytest.mark.parametrize("term", ["channels", "otherwise"])
@pytest.mark.parametrize(
    "formula",
    [AllOf(()), AnyOf(()), AllOf((POSTING, AnyOf(()))), AnyOf((POSTING, AllOf(())))],
    ids=str,
)
def test_a_formula_that_nothing_or_everything_keeps_is_refused(term, formula):
    with pytest.raises(UnusablePromise) as refused:
        promise(**{term: formula})
    assert refused.value.code == "channels_empty"


@pytest.mark.parametrize("limit", ["at_least", "at_most"])
def test_what_takes_effect_on_posting_has_no_period_of_notice(limit):
    timing = Timing(When.ON_POSTING, **{limit: Period(0)})
    with pytest.raises(UnusablePromise) as refused:
        promise(channels=POSTING, timing=timing)
    assert refused.value.code == "on_posting_has_no_period"


@pytest.mark.parametrize("formula", [POSTING, AnyOf((EMAIL, POSTING))])
def test_where_posting_is_enough_a_change_may_take_effect_on_posting(formula):
    assert promise(channels=formula, timing=ON_POSTING).timing.period is None


@pytest.mark.parametrize("formula", [POSTING, AnyOf((EMAIL, POSTING))])
def test_other_changes_may_be_told_by_anything_that_posting_keeps(formula):
    assert promise(otherwise=formula).otherwise is formula


def test_before_without_a_number_is_the_house_minimum_and_says_that_it_is_ours():
    assert BEFORE.period == HOUSE_NOTICE
    assert BEFORE.period_is_ours


@pytest.mark.parametrize("timing", [before(0), before(10), ON_POSTING])
def test_a_named_number_and_effect_on_posting_are_not_ours(timing):
    assert timing.period == timing.at_least
    assert not timing.period_is_ours


@pytest.mark.parametrize(
    ("trigger", "significance", "is_told"),
    [
        (Trigger.ANY, Significance.EDITORIAL, True),
        (Trigger.ANY, Significance.MINOR, True),
        (Trigger.ANY, Significance.MATERIAL, True),
        (Trigger.MATERIAL, Significance.EDITORIAL, False),
        (Trigger.MATERIAL, Significance.MINOR, False),
        (Trigger.MATERIAL, Significance.MATERIAL, True),
    ],
)
def test_which_changes_must_be_told(trigger, significance, is_told):
    assert triggered(trigger, significance) is is_told


def test_a_term_rests_on_its_own_basis_where_it_has_one():
    cited = Basis("a", "by e-mail")
    found = resting_on(COUNSEL, {Term.CHANNELS: cited})
    assert found.pop(Term.CHANNELS) == cited
    assert found == {term: COUNSEL for term in Term if term is not Term.CHANNELS}


def test_the_house_promise_is_told_apart_from_an_interpretation_of_the_same_content():
    assert is_house_default(HOUSE_PROMISE)
    assert not is_house_default(promise())


CLAUSES = [clause("a", "We tell you\nby e-mail.", heading="Changes"), clause("b", "We pay.")]


@pytest.mark.parametrize(
    ("basis", "stands"),
    [
        (Basis("a", "by e-mail"), True),
        (Basis("a", "Changes"), True),
        (Basis("a", "We tell you\nby e-mail."), True),
        (Basis("a", "by letter"), False),
        (Basis("b", "by e-mail"), False),
        (Basis("gone", "by e-mail"), False),
        (COUNSEL, True),
        (Basis("", "a note of counsel’s", "Jeanne Martin"), True),
    ],
)
def test_terms_whose_words_do_not_stand_in_their_clause_are_named(basis, stands):
    cited = promise(bases=resting_on(COUNSEL, {Term.TIMING: basis}))
    assert uncited(cited, CLAUSES) == (() if stands else (Term.TIMING,))


@given(st.sets(st.sampled_from(Term)))
def test_every_term_that_is_not_cited_is_named_and_no_other(terms):
    astray = dict.fromkeys(terms, Basis("a", "by letter"))
    assert {*uncited(promise(bases=resting_on(COUNSEL, astray)), CLAUSES)} == terms
