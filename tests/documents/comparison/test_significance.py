"""What the core proposes, which errs towards material."""

import time

import pytest
from hypothesis import given

from documents.comparison import ClauseState, Reason, Significance, compare
from documents.comparison.significance import REASONS, TAGS, propose

from .clauses import any_clauses, clause


def proposal(old, new):
    (change,) = compare([old] if old else [], [new] if new else []).changes
    found = propose(change)
    return found.level.value, tuple(reason.code for reason in found.reasons)


def of_words(old, new):
    return proposal(clause("a", old), clause("a", new))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("You shall pay.", "You shall not pay.", "negation"),
        ("You may pay.", "You must pay.", "obligation"),
        ("within 30 days", "within 60 days", "period"),
        ("costs 1,200 EUR", "costs 1.200 EUR", "amount"),
        ("costs $5", "costs €5", "amount"),
        ("10 % of it", "10 of it", "amount"),
        ("between 5–10 things", "between 5 10 things", "words_changed"),
        ("at least -5 degrees", "at least 5 degrees", "words_changed"),
        ("starts on May 3 then", "starts on May 4 then", "date"),
        ("It goes to banks.", "It goes to third parties.", "party"),
        ("It goes to Acme here.", "It goes to Globex here.", "name"),
        ("Sale has a sense.", "Sale means much.", "definition"),
        ("There is a way.", "There is a refund.", "right"),
        ("It is without fault.", "It is without warranty.", "liability"),
        ("It is there.", "It is stored there.", "data"),
        ("The sky is green.", "The sky is blue.", "words_changed"),
    ],
)
def test_other_words_numbers_or_signs_are_material(old, new, reason):
    level, reasons = of_words(old, new)
    assert level == "material"
    assert reason in reasons


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Write to a@b.example.", "Write to c@d.example.", ("minor", ("contact",))),
        ("See https://a.example/x now.", "See https://b.example/y now.", ("minor", ("contact",))),
        ("Last updated: May 3. Pay.", "Last updated: June 4. Pay.", ("minor", ("date_of_text",))),
        ("The colours differ.", "The colour differs.", ("minor", ("word_form",))),
        ("We go to town.", "We go to the town.", ("minor", ("small_words",))),
        ("It isn't so.", "It is not so.", ("editorial", ("spelling",))),
        ("We organise it.", "We organize it.", ("editorial", ("spelling",))),
    ],
)  # fmt: skip
def test_small_changes_are_known(old, new, expected):
    assert of_words(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The claim was filed.", "The claim was filled."),
        ("The engine stalled.", "The engine staled."),
        ("It is a US entity.", "It is a us entity."),
        ("Send it to us.", "Send it from us."),
        ("It stays in the EU.", "It stays to the EU."),
        ("It binds any vendor.", "It binds some vendor."),
        ("The lessor signs.", "The lessee signs."),
        ("The assigner signs.", "The assignee signs."),
        ("It was formerly so.", "It was formally so."),
        ("On interstate roads.", "On intrastate roads."),
        ("It is good.", "It was good."),
        ("They may for cause.", "They may for just cause."),
        ("We don't give it to US firms.", "We do not give it to us firms."),
    ],
)
def test_a_letter_or_a_preposition_can_change_who_owes_what(old, new):
    assert of_words(old, new)[0] == "material"


def test_capitals_that_may_make_a_defined_term_are_minor():
    assert of_words("Use the Service well.", "Use the service well.") == ("minor", ("capitals",))


@pytest.mark.parametrize("seed", ["1,", "1.", "1 ", "$1", "days ", "“a", "a@a", "n't ", "Aa "])
def test_a_long_run_of_anything_is_judged_in_time_that_grows_with_it(seed):
    text = seed * (100_000 // len(seed))
    started = time.perf_counter()
    of_words("We pay.", f"We pay. {text}")
    assert time.perf_counter() - started < 20  # seconds; a quadratic pattern took minutes


def test_reference_that_follows_its_target_is_editorial():
    old = [clause("a", "See section 2.", number="1"), clause("b", "We pay.", number="2")]
    new = [clause("a", "See section 3.", number="1"), clause("x", "New.", number="2")]
    new += [clause("b", "We pay.", number="3")]
    redline = compare(old, new)
    found = propose(redline.changes[0], redline.new_numbers)
    assert (found.level, [reason.code for reason in found.reasons]) == (
        Significance.EDITORIAL,
        ["reference_followed"],
    )
    assert propose(redline.changes[0]).level is Significance.MATERIAL


def test_changed_cell_of_a_table_is_judged_like_any_words():
    table = "<table><tr><td>Orders</td><td>1 {}</td></tr></table>"
    sides = (ClauseState("a", 1, "", "", table.format(unit)) for unit in ("day", "year"))
    level, reasons = proposal(*sides)
    assert (level, reasons[0]) == ("material", "period")


def test_split_without_another_word_is_minor():
    one = "We keep your data for as long as you have an account with us."
    two = "We share it with nobody but the banks that take your payments."
    changes = compare([clause("a", f"{one}\n{two}")], [clause("a", one), clause("b", two)]).changes
    assert {propose(change).level for change in changes} == {Significance.MINOR}


def test_reasons_quote_the_telling_words_and_tags_say_what_it_is_about():
    old, new = "We keep it for 30 days.", "We keep it for two years."
    (change,) = compare(
        [clause("a", old, heading="Retention")], [clause("a", new, heading="Retention")]
    ).changes
    found = propose(change)
    assert found.reasons[0] == Reason("period", "30 days", "two years")
    assert found.tags == ("retention",)


@given(any_clauses, any_clauses)
def test_every_change_has_a_proposal_with_known_codes(old, new):
    redline = compare(old, new)
    for change in redline.changed:
        found = propose(change, redline.new_numbers)
        assert found.reasons
        assert {reason.code for reason in found.reasons} <= set(REASONS)
        assert set(found.tags) <= set(TAGS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You pay, in time", "You pay in time."),
        ("We pay.\nYou pay.", "We pay. You pay."),
        ("fees – and taxes", "fees, and taxes"),
        ('the "Fees"', "the “Fees”"),
    ],
)
def test_punctuation_space_and_case_alone_are_editorial(old, new):
    assert proposal(clause("a", old), clause("a", new)) == (
        "editorial",
        ("punctuation_or_case",),
    )


def test_added_and_removed_clauses_are_material():
    assert proposal(None, clause("a", "x")) == ("material", ("clause_added",))
    assert proposal(clause("a", "x"), None) == ("material", ("clause_removed",))


def test_heading_that_binds_is_material():
    old, new = (clause("a", "x", heading=text) for text in ("You may cancel", "You may not cancel"))
    assert proposal(old, new) == ("material", ("negation", "heading_changed"))


def test_heading_alone_is_minor():
    old, new = clause("a", "x", heading="Fees"), clause("a", "x", heading="Prices")
    assert proposal(old, new) == ("minor", ("heading_changed",))


def test_number_level_and_markup_are_editorial():
    old = ClauseState("a", 1, "1", "", "<p>We pay.</p>")
    new = ClauseState("a", 2, "2", "", "<p>We <em>pay</em>.</p>")
    assert proposal(old, new) == ("editorial", ("formatting", "renumbered", "moved"))


def test_other_link_target_is_minor():
    old, new = (
        ClauseState("a", 1, "", "", f'<p><a href="{href}">Here</a></p>') for href in ("/a", "/b")
    )
    assert proposal(old, new) == ("minor", ("link_changed",))


def test_unchanged_clause_has_no_reason():
    assert proposal(clause("a", "x"), clause("a", "x")) == ("editorial", ())


def test_gravest_reason_decides():
    old = clause("a", "We pay.", heading="Fees", number="1")
    new = clause("a", "We owe.", heading="Prices", number="2")
    assert proposal(old, new) == ("material", ("words_changed", "heading_changed", "renumbered"))


def test_significance_has_an_order():
    assert Significance.EDITORIAL < Significance.MINOR < Significance.MATERIAL
    assert max(Significance) is Significance.MATERIAL
