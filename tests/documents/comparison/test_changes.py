"""What the comparison of two whole texts guarantees."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.comparison import ClauseState, Edit, EditKind, Outcome, compare

from .clauses import any_clauses, clause, few_words


def outcomes(old, new):
    return {(change.new or change.old).key: change.outcomes for change in compare(old, new).changes}


def spelled(change, without):
    return "".join(edit.text for edit in change.edits if edit.kind is not without)


def test_outcomes_of_one_comparison():
    old = [
        clause("same", "Nothing happens to this clause, however long it gets."),
        clause("words", "You pay.", heading="Fees"),
        clause("gone", "We pay."),
        clause("heading", "You pay in time.", heading="Time"),
        clause("deeper", "You pay here."),
    ]
    new = [
        old[0],
        clause("words", "You pay us.", heading="Fees"),
        clause("heading", "You pay in time.", heading="Dates", number="2"),
        clause("deeper", "You pay here.", level=2),
        clause("new", "Nobody pays."),
    ]
    assert outcomes(old, new) == {
        "same": (Outcome.UNCHANGED,),
        "words": (Outcome.CHANGED,),
        "gone": (Outcome.REMOVED,),
        "heading": (Outcome.RETITLED, Outcome.RENUMBERED),
        "deeper": (Outcome.MOVED,),
        "new": (Outcome.ADDED,),
    }


def test_moved_clause_is_not_reported_as_removed():
    old = [clause("a", "Short."), clause("b", "This one is much longer.")]
    assert outcomes(old, old[::-1]) == {"a": (Outcome.MOVED,), "b": (Outcome.UNCHANGED,)}


def test_renumbered_clause_is_not_changed():
    old, new = [clause("a", "We pay.", number="1")], [clause("a", "We pay.", number="2")]
    assert outcomes(old, new) == {"a": (Outcome.RENUMBERED,)}


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("<p>We <strong>pay</strong>.</p>", Outcome.FORMATTING),
        ('<p>We <a href="/pay">pay</a>.</p>', Outcome.LINKED),
    ],
)
def test_markup_alone_is_formatting_but_a_link_is_more(body, outcome):
    old, new = ClauseState("a", 1, "", "", "<p>We pay.</p>"), ClauseState("a", 1, "", "", body)
    assert outcomes([old], [new]) == {"a": (outcome,)}
    assert outcomes([new], [old]) == {"a": (outcome,)}


def test_heading_and_body_are_marked_apart_and_together():
    old = [clause("a", "You pay.", heading="Fees")]
    new = [clause("a", "You may pay.", heading="")]
    (change,) = compare(old, new).changes
    assert change.heading_edits == (Edit(EditKind.DELETE, "Fees"),)
    assert change.edits == (
        Edit(EditKind.DELETE, "Fees\n"),
        Edit(EditKind.EQUAL, "You "),
        Edit(EditKind.INSERT, "may "),
        Edit(EditKind.EQUAL, "pay."),
    )


def test_figures_of_a_redline():
    old = [clause("a", "You pay 30 euros."), clause("b", "Old words here.")]
    new = [clause("a", "You pay 40 euros now."), clause("c", "New!"), clause("d", "–")]
    redline = compare(old, new)
    assert not redline.is_empty
    assert len(redline.changed) == 4
    assert redline.counts[Outcome.ADDED] == 2
    assert redline.counts[Outcome.MOVED] == 0


@settings(max_examples=200)
@given(any_clauses, any_clauses)
def test_edits_spell_both_texts_exactly(old, new):
    for change in compare(old, new).changes:
        assert spelled(change, EditKind.INSERT) == (change.old.text if change.old else "")
        assert spelled(change, EditKind.DELETE) == (change.new.text if change.new else "")


@given(any_clauses)
def test_equal_texts_differ_in_nothing(clauses):
    redline = compare(clauses, list(clauses))
    assert redline.is_empty
    assert all(edit.kind is EditKind.EQUAL for one in redline.changes for edit in one.edits)


@given(any_clauses, any_clauses)
def test_comparison_is_the_same_each_time(old, new):
    assert compare(old, new) == compare(old, new)


@given(any_clauses.filter(bool), st.randoms())
def test_order_alone_changes_no_words(clauses, random):
    shuffled = random.sample(clauses, len(clauses))
    found = {outcome for one in compare(clauses, shuffled).changes for outcome in one.outcomes}
    assert found <= {Outcome.UNCHANGED, Outcome.MOVED}


@given(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=30), st.data())
def test_one_not_marks_only_that_word(text, data):
    at = data.draw(st.integers(0, len(text)))
    old, new = " ".join(text), " ".join([*text[:at], "not", *text[at:]])
    (change,) = compare([clause("k", old)], [clause("k", new)]).changes
    marked = [edit for edit in change.edits if edit.kind is not EditKind.EQUAL]
    assert [edit.kind for edit in marked] == [EditKind.INSERT]
    assert marked[0].text.strip() == "not"


@given(few_words, few_words)
def test_clause_that_changed_in_one_place_changed_there_alone(before, after):
    frame = "word one two three", "four five six word"
    old, new = (f"{frame[0]} {middle} {frame[1]}" for middle in (before, after))
    (change,) = compare([clause("k", old)], [clause("k", new)]).changes
    assert change.edits[0].text.startswith("word one two three")
    assert change.edits[-1].text.endswith("four five six word")


def test_text_too_unlike_to_be_compared_by_words_says_so():
    old, new = (" ".join(f"{side}{n}" for n in range(60_000)) for side in "ab")
    (change,) = compare([clause("k", old)], [clause("k", new)]).changes
    assert change.is_coarse
    assert change.outcomes == (Outcome.CHANGED,)
    (change,) = compare([clause("k", "We pay.")], [clause("k", "You pay.")]).changes
    assert not change.is_coarse


def test_few_edits_in_a_very_long_clause_are_shown_word_by_word():
    sentences = [
        f"In case number {n} we pay {n} euros to whoever asks for it." for n in range(9_000)
    ]
    edited = [s.replace("pay", "owe") if n % 900 == 5 else s for n, s in enumerate(sentences)]
    (change,) = compare([clause("k", " ".join(sentences))], [clause("k", " ".join(edited))]).changes
    assert not change.is_coarse
    marked = [edit.text for edit in change.body_edits if edit.kind is not EditKind.EQUAL]
    assert marked == ["pay", "owe"] * 10


def bodies(old, new):
    (change,) = compare(
        [ClauseState("a", 1, "", "", old)], [ClauseState("a", 1, "", "", new)]
    ).changes
    return change.outcomes


def test_link_that_leads_elsewhere_is_told_from_formatting():
    assert bodies('<p>See <a href="/a">here</a>.</p>', '<p>See <a href="/b">here</a>.</p>') == (
        Outcome.LINKED,
    )
    assert bodies("<p>We pay.</p>", "<p>We <em>pay</em>.</p>") == (Outcome.FORMATTING,)
    two = '<p>See <a href="{}">here</a> and <a href="/b">here</a>{}</p>'
    assert bodies(two.format("/a", "."), two.format("/c", ".")) == (Outcome.LINKED,)
    assert bodies(two.format("/a", "."), two.format("/c", " too.")) == (
        Outcome.CHANGED,
        Outcome.LINKED,
    )


TABLE = "<p>We keep:</p><table><tr><td>Orders</td><td>{}</td></tr></table>"


def test_words_changed_in_a_table_alone_are_a_change_of_its_cells():
    assert bodies(TABLE.format("30 days"), TABLE.format("60 days")) == (Outcome.TABLE,)
    assert bodies(TABLE.format("30 days"), TABLE.replace("keep", "hold").format("60 days")) == (
        Outcome.CHANGED,
    )


@pytest.mark.slow
@pytest.mark.parametrize("clauses", [1, 40, 400])
@pytest.mark.parametrize("stock", [12, 30_000])
def test_long_texts_that_are_unlike_are_compared_in_seconds(clauses, stock):
    def text(factor):
        words = " ".join(f"w{(n * n * factor) % stock}" for n in range(36_000))
        return [clause(str(n), words[n::clauses]) for n in range(clauses)]

    old, new = text(7), text(11)
    started = time.perf_counter()
    compare(old, new)
    assert time.perf_counter() - started < 3
