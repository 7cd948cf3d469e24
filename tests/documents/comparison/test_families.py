"""Clauses that became several, or one: their words are known again."""

from hypothesis import given
from hypothesis import strategies as st

from documents.comparison import Edit, EditKind, Outcome, compare
from documents.comparison.families import flipped, shared_out

from .clauses import any_text, clause

ONE = "We keep your data for as long as you have an account with us."
TWO = "We share it with nobody but the banks that take your payments."


def by_key(old, new):
    return {change.clause.key: change for change in compare(old, new).changes}


def test_clause_split_in_two_has_no_new_words():
    changes = by_key(
        [clause("a", f"{ONE}\n{TWO}")],
        [clause("a", ONE), clause("b", TWO), clause("c", "You pay.")],
    )
    assert changes["a"].outcomes == (Outcome.SPLIT, Outcome.CHANGED)
    assert changes["b"].outcomes == (Outcome.SPLIT,)
    assert changes["b"].body_edits == (Edit(EditKind.INSERT, TWO, is_moved=True),)
    assert [one.key for one in changes["a"].kin] == ["b"]
    assert [one.key for one in changes["b"].kin] == ["a"]
    assert changes["c"].outcomes == (Outcome.ADDED,)


def test_word_changed_in_a_split_is_marked_as_new():
    changes = by_key(
        [clause("a", f"{ONE}\n{TWO}")],
        [clause("a", ONE), clause("b", TWO.replace("nobody but", "some people and"))],
    )
    new = [edit.text for edit in changes["b"].body_edits if not edit.is_moved]
    assert "".join(new).strip() == "some people and"


def test_clauses_merged_into_one_lose_no_words():
    changes = by_key([clause("a", ONE), clause("b", TWO)], [clause("a", f"{ONE}\n{TWO}")])
    assert changes["a"].outcomes == (Outcome.MERGED, Outcome.CHANGED)
    assert changes["b"].outcomes == (Outcome.MERGED,)
    assert changes["b"].body_edits == (Edit(EditKind.DELETE, TWO, is_moved=True),)
    assert [one.key for one in changes["b"].kin] == ["a"]


def test_new_clause_beside_a_changed_one_is_no_part_of_it():
    changes = by_key(
        [clause("a", f"{ONE} {TWO}")],
        [clause("a", ONE), clause("b", "You pay for the whole of it.")],
    )
    assert changes["b"].outcomes == (Outcome.ADDED,)


texts = st.lists(any_text.filter(lambda text: "\r" not in text), min_size=1, max_size=4)


@given(texts, st.data())
def test_what_is_shared_out_spells_every_text(parts, data):
    whole = data.draw(st.integers(0, len(parts) - 1))
    joined = "\n".join(parts)
    cut = data.draw(st.integers(0, len(joined)))
    edits = [
        Edit(kind, text)
        for kind, text in (
            (EditKind.DELETE, "gone"),
            (EditKind.EQUAL, joined[:cut]),
            (EditKind.INSERT, joined[cut:]),
        )
        if text
    ]
    sides = shared_out(edits, [len(part) for part in parts], whole)
    for part, side in zip(parts, sides, strict=True):
        assert "".join(e.text for e in side if e.kind is not EditKind.DELETE) == part
    old = "".join(e.text for e in sides[whole] if e.kind is not EditKind.INSERT)
    assert old == "gone" + joined[:cut]
    assert flipped(flipped(sides[whole])) == sides[whole]
