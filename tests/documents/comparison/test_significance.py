"""What the core proposes, which errs towards material."""

import pytest

from documents.comparison import ClauseState, Significance, compare
from documents.comparison.significance import highest, propose

from .clauses import clause


def proposal(old, new):
    (change,) = compare([old] if old else [], [new] if new else []).changes
    return propose(change).level.value, propose(change).reasons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You shall pay.", "You shall not pay."),
        ("within 30 days", "within 60 days"),
        ("costs 1,200 EUR", "costs 1.200 EUR"),
        ("costs $5", "costs €5"),
        ("10 % of it", "10 of it"),
        ("between 5–10 days", "between 5 10 days"),
        ("at least -5 degrees", "at least 5 degrees"),
    ],
)
def test_other_words_numbers_or_signs_are_material(old, new):
    assert proposal(clause("a", old), clause("a", new)) == ("material", ("words_changed",))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You pay, in time", "You pay in time."),
        ("The Services", "the services"),
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


def test_version_has_the_highest_significance_of_its_clauses():
    old = [clause("a", "x", heading="Fees"), clause("b", "y")]
    new = [clause("a", "x", heading="Prices"), clause("b", "Y")]
    assert highest(compare(old, new)) is Significance.MINOR
    assert highest(compare(old, old)) is Significance.EDITORIAL


def test_significance_has_an_order():
    assert Significance.EDITORIAL < Significance.MINOR < Significance.MATERIAL
    assert max(Significance) is Significance.MATERIAL
