"""One text's changes on top of another's."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from documents.comparison import ClauseState, compare
from documents.comparison.rebase import is_same_change, rebase

BASE = tuple(
    ClauseState(key, 1, str(n), f"Clause {key}", f"<p>{key}</p>") for n, key in enumerate("abcd")
)


def edited(text, key, body):
    return tuple(replace(clause, body=body) if clause.key == key else clause for clause in text)


def without(text, key):
    return tuple(clause for clause in text if clause.key != key)


def test_changes_of_different_clauses_both_stand():
    theirs, ours = edited(BASE, "a", "<p>theirs</p>"), edited(BASE, "b", "<p>ours</p>")
    both = rebase(BASE, theirs, ours)
    assert both == edited(theirs, "b", "<p>ours</p>")
    assert is_same_change(compare(BASE, theirs), compare(ours, both))


def test_two_changes_of_one_clause_are_left_to_a_person():
    assert rebase(BASE, edited(BASE, "a", "<p>1</p>"), edited(BASE, "a", "<p>2</p>")) is None


def test_the_same_change_on_both_sides_is_one():
    theirs = edited(BASE, "a", "<p>1</p>")
    assert rebase(BASE, theirs, theirs) == theirs


def test_a_clause_added_or_removed_on_one_side_stays_so():
    new = ClauseState("e", 1, "5", "New", "<p>new</p>")
    assert rebase(BASE, (*BASE, new), edited(BASE, "b", "<p>x</p>"))[-1] == new
    assert rebase(BASE, edited(BASE, "b", "<p>x</p>"), without(BASE, "d")) == without(
        edited(BASE, "b", "<p>x</p>"), "d"
    )


def test_a_clause_removed_here_and_edited_there_is_left_to_a_person():
    assert rebase(BASE, without(BASE, "a"), edited(BASE, "a", "<p>1</p>")) is None


def test_two_new_orders_are_left_to_a_person():
    a, b, c, d = BASE
    assert rebase(BASE, (b, a, c, d), (a, b, d, c)) is None
    assert rebase(BASE, (b, a, c, d), edited(BASE, "c", "<p>x</p>"))[0] == b


texts = st.permutations(BASE).flatmap(
    lambda order: st.lists(
        st.tuples(st.sampled_from(order), st.sampled_from(["<p>x</p>", "<p>y</p>"])), max_size=3
    ).map(lambda edits: _apply(order, edits))
)


def _apply(order, edits):
    for clause, body in edits:
        order = edited(order, clause.key, body)
    return tuple(order)


@given(texts)
def test_with_nothing_on_the_other_side_it_is_the_change_itself(text):
    assert rebase(BASE, text, BASE) == text
    assert rebase(BASE, BASE, text) == text


@given(texts, texts)
def test_a_rebased_text_holds_every_change_of_both_sides(theirs, ours):
    both = rebase(BASE, theirs, ours)
    if both is None:
        return
    old = {clause.key: clause for clause in BASE}
    result = {clause.key: clause for clause in both}
    for side in (theirs, ours):
        for clause in side:
            if clause != old[clause.key]:
                assert result[clause.key] == clause
