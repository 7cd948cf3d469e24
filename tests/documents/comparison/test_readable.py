"""What a reader sees of a change, written [-deleted-] {+inserted+}."""

from itertools import pairwise

import pytest
from hypothesis import given

from documents.comparison import Edit, EditKind, readable
from documents.comparison.render import marked
from documents.comparison.words import Effort, script

from .clauses import any_text


def edits(old, new):
    return readable.edits(script(old, new, Effort()))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("You shall pay.", "You shall not pay.", "You shall {+not +}pay."),
        ("within 30 days", "within 60 days", "within [-30-]{+60+} days"),
        ("costs 1,200.50 EUR", "costs 1,300.50 EUR", "costs [-1,200.50-]{+1,300.50+} EUR"),
        ("on 2024-05-25.", "on 2024-06-25.", "on [-2024-05-25-]{+2024-06-25+}."),
        ("We pay. We sell.", "We pay. We keep. We sell.", "We pay. {+We keep. +}We sell."),
        ("One.\nTwo.", "One.\nMore.\nTwo.", "One.\n{+More.\n+}Two."),
        ("We pay.", "We pay. You too.", "We pay.{+ You too.+}"),
    ],
)
def test_change_is_marked_where_a_person_would_mark_it(old, new, expected):
    assert marked(edits(old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("due in 30 days", "due in 60 weeks", "due in [-30 days-]{+60 weeks+}"),
        (
            "the quick brown fox jumps at once",
            "a slow brown dog sleeps at once",
            "[-the quick brown fox jumps-]{+a slow brown dog sleeps+} at once",
        ),
    ],
)
def test_island_inside_a_rewrite_goes_with_it(old, new, expected):
    assert marked(edits(old, new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # One mark on each side instead of two saves more than the kept word costs.
        (
            "30 calendar days",
            "60 calendar weeks",
            "[-30 calendar days-]{+60 calendar weeks+}",
        ),
        # Four words that stay are worth their own marks.
        (
            "30 of our own calendar days",
            "60 of our own calendar weeks",
            "[-30-]{+60+} of our own calendar [-days-]{+weeks+}",
        ),
    ],
)
def test_kept_words_stand_alone_only_where_that_reads_better(old, new, expected):
    assert marked(edits(old, new)) == expected


def test_minimal_view_marks_no_word_that_could_stay():
    found = readable.edits(script("30 calendar days", "60 calendar weeks", Effort()), minimal=True)
    assert marked(found) == "[-30-]{+60+} calendar [-days-]{+weeks+}"


def test_two_insertions_are_no_rewrite():
    assert marked(edits("a b", "x a y b")) == "{+x +}a {+y +}b"


def test_rewritten_blocks_stay_apart():
    old, new = "We may end it.\nYou pay us.", "They could stop.\nNobody owes them."
    assert Edit(EditKind.EQUAL, ".\n") in edits(old, new)


@given(any_text, any_text)
def test_edits_spell_both_sides(old, new):
    found = edits(old, new)
    assert "".join(edit.text for edit in found if edit.kind is not EditKind.INSERT) == old
    assert "".join(edit.text for edit in found if edit.kind is not EditKind.DELETE) == new


@given(any_text, any_text)
def test_deletion_stands_before_insertion_and_neighbours_differ(old, new):
    kinds = [edit.kind for edit in edits(old, new)]
    followers = {
        EditKind.EQUAL: {EditKind.DELETE, EditKind.INSERT},
        EditKind.DELETE: {EditKind.EQUAL, EditKind.INSERT},
        EditKind.INSERT: {EditKind.EQUAL},
    }
    assert all(after in followers[kind] for kind, after in pairwise(kinds))
    assert all(edit.text for edit in edits(old, new))
