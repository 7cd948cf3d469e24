"""Words that crossed the border between two clauses."""

from hypothesis import given
from hypothesis import strategies as st

from documents.comparison import EditKind, Significance, compare
from documents.comparison.significance import propose

from .clauses import clause

FIRST = "We keep the name and the address that you gave us for ten years."
STRAY = "Whoever asks for it gets a copy of all that we hold within one month."
SECOND = "We never sell what we hold to anybody else, whatever they may offer us for it."


def moved(redline):
    return [
        [(edit.kind, edit.text.strip()) for edit in change.body_edits if edit.is_moved]
        for change in redline.changes
    ]


def test_a_sentence_that_went_into_the_next_clause_is_moved_on_both_sides():
    old = [clause("a", f"{FIRST} {STRAY}"), clause("b", SECOND)]
    new = [clause("a", FIRST), clause("b", f"{STRAY} {SECOND}")]
    gone, come = moved(compare(old, new))
    assert gone == [(EditKind.DELETE, STRAY)]
    assert come == [(EditKind.INSERT, STRAY)]
    assert compare(old, new).has_moved_words


def test_so_is_one_that_went_back_into_the_clause_before():
    old = [clause("a", FIRST), clause("b", f"{STRAY} {SECOND}")]
    new = [clause("a", f"{FIRST} {STRAY}"), clause("b", SECOND)]
    assert [len(each) for each in moved(compare(old, new))] == [1, 1]


def test_only_the_words_that_differ_in_it_are_marked_as_new_and_gone():
    old = [clause("a", f"{FIRST} {STRAY}"), clause("b", SECOND)]
    new = [clause("a", FIRST), clause("b", f"{STRAY.replace('one', 'two')} {SECOND}")]
    edits = compare(old, new).changes[1].body_edits
    assert [edit.text.strip() for edit in edits if edit.kind is EditKind.INSERT] == [
        STRAY.removesuffix(" one month."),
        "two month.",
    ]
    assert [edit.is_moved for edit in edits if edit.kind is EditKind.INSERT] == [True, False]


def test_words_beyond_a_text_that_stays_are_not_taken_for_the_same():
    old = [clause("a", f"{FIRST} {STRAY}"), clause("b", "We pay."), clause("c", SECOND)]
    new = [clause("a", FIRST), clause("b", "We pay."), clause("c", f"{STRAY} {SECOND}")]
    assert moved(compare(old, new)) == [[], [], []]


def test_few_words_are_in_many_sentences():
    old = [clause("a", f"{FIRST} Ask us for it."), clause("b", SECOND)]
    new = [clause("a", FIRST), clause("b", f"Ask us for it. {SECOND}")]
    assert moved(compare(old, new)) == [[], []]


def test_a_sentence_in_another_clause_may_mean_another_thing():
    old = [clause("a", f"{FIRST} {STRAY}"), clause("b", SECOND)]
    new = [clause("a", FIRST), clause("b", f"{STRAY} {SECOND}")]
    levels = [propose(change).level for change in compare(old, new).changes]
    assert levels == [Significance.MATERIAL, Significance.MATERIAL]


sentences = st.lists(st.sampled_from([FIRST, STRAY, SECOND, "We pay.", "No."]), max_size=4)
texts = st.lists(sentences.map(" ".join), max_size=4)


@given(texts, texts)
def test_both_texts_are_rebuilt_whatever_moved(old, new):
    redline = compare(*([clause("", text) for text in side] for side in (old, new)))
    for change in redline.changes:
        for side, other in ((change.old, EditKind.INSERT), (change.new, EditKind.DELETE)):
            words = "".join(edit.text for edit in change.body_edits if edit.kind is not other)
            assert words == (side.body_text if side else "")
            assert all(edit.text for edit in change.body_edits)
