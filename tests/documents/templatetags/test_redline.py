"""A redline in marks and words."""

from documents.comparison import ClauseState, compare
from documents.templatetags.redline import (
    marked_body,
    marked_heading,
    outcome_words,
    plain_edits,
    redline_summary,
)


def clause(key="1", number="1", heading="Names", body="<p>Kept for two years.</p>"):
    return ClauseState(key=key, level=1, number=number, heading=heading, body=body)


def only_change(old, new):
    (change,) = compare(old, new).changed
    return change


CHANGED = only_change([clause()], [clause(body="<p>Kept for ten years.</p>")])


def test_words_are_marked_bare_for_mail_and_with_their_ends_for_pages():
    assert marked_body(CHANGED) == "Kept for <del>two</del><ins>ten</ins> years."
    assert marked_body(CHANGED, spoken=True) == (
        'Kept for <del data-opens="taken out:" data-closes="end of words taken out">two</del>'
        '<ins data-opens="added:" data-closes="end of words added">ten</ins> years.'
    )
    assert plain_edits(CHANGED) == "Kept for [-two-]{+ten+} years."


def test_markup_in_words_is_escaped_inside_the_marks():
    change = only_change([clause()], [clause(heading="<b>Names", body="<p>&lt;script&gt;</p>")])
    assert "<ins>&lt;b&gt;" in marked_heading(change)
    assert "&lt;script&gt;" in marked_body(change)
    assert "<script" not in marked_body(change, spoken=True)


def test_a_changed_number_shows_both_sides():
    change = only_change([clause()], [clause(number="2")])
    assert marked_heading(change) == "<del>1</del><ins>2</ins> Names"
    assert outcome_words(change) == "renumbered, was 1"
    assert marked_body(change) == ""


def test_a_new_or_removed_clause_is_marked_whole():
    assert marked_heading(only_change([], [clause()])) == "<ins>1</ins> <ins>Names</ins>"
    assert marked_heading(only_change([clause()], [])) == "<del>1</del> <del>Names</del>"


def test_a_clause_with_neither_number_nor_heading_has_no_words_here():
    assert marked_heading(only_change([], [clause(number="", heading="")])) == ""
    assert marked_heading(only_change([], [clause(number="")])) == "<ins>Names</ins>"


def test_the_summary_counts_each_kind_of_change_in_whole_words():
    old = [clause(), clause("2", "2", "Old"), clause("3", "3", "Stays")]
    new = [clause(body="<p>Kept.</p>"), clause("4", "4", "New"), clause("3", "5", "Stays")]
    assert redline_summary(compare(old, new)) == (
        "1 clause changed, 1 clause added, 1 clause removed, 1 clause renumbered"
    )
    assert redline_summary(compare(old, old)) == "No clause differs"
    assert redline_summary(compare([], old)) == "3 clauses added"
