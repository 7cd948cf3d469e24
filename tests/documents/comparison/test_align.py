"""Which clause is which, what moved, and where a removed clause stands."""

from hypothesis import given

from documents.comparison.align import align
from documents.comparison.order import heaviest_order

from .clauses import any_clauses, clause


def keys(pairs):
    return [(pair.old and pair.old.key, pair.new and pair.new.key) for pair in pairs]


def test_key_decides_though_the_text_differs():
    assert keys(align([clause("a", "We pay.")], [clause("a", "You pay.")])) == [("a", "a")]


def test_clause_whose_key_was_lost_is_known_by_its_text():
    assert keys(align([clause("a", "We pay.")], [clause("z", "We pay.")])) == [("a", "z")]


LONG = "We keep your account data for as long as you have an account with us and delete it then."


def test_edited_clause_without_key_is_known_by_its_words():
    new = [clause("", LONG.replace("account data", "profile")), clause("", "Another thing.")]
    assert keys(align([clause("a", LONG)], new)) == [("a", ""), (None, "")]


def test_edited_clause_is_known_though_it_moved():
    old = [clause("a", LONG), clause("b", "You pay. " * 20), clause("c", "We may end all of it.")]
    new = [old[1], old[2], clause("", LONG.replace("delete", "erase"))]
    pairs = [*align(old, new)]
    assert keys(pairs) == [("b", "b"), ("c", "c"), ("a", "")]
    assert [pair.has_moved for pair in pairs] == [False, False, True]


def test_rewritten_clause_is_known_by_a_heading_that_only_it_has():
    old = [clause("a", "You pay monthly.", heading="Fees")]
    new = [clause("", "Nothing whatsoever costs anything.", heading="Fees")]
    assert keys(align(old, new)) == [("a", "")]


def test_clauses_with_few_words_in_common_are_not_taken_for_each_other():
    pairs = align([clause("a", "We pay you each month.")], [clause("z", "You may sell the thing.")])
    assert keys(pairs) == [("a", None), (None, "z")]


def test_repeated_boilerplate_does_not_move_when_one_of_it_is_removed():
    words = "Nothing in this section limits your rights."
    old = [clause(str(n), text) for n, text in enumerate(["One.", words, "Two.", words, "Three."])]
    new = [clause("", each.body_text) for each in old if each.key != "1"]
    pairs = [*align(old, new)]
    assert keys(pairs) == [("0", ""), ("1", None), ("2", ""), ("3", ""), ("4", "")]
    assert not any(pair.has_moved for pair in pairs)


def test_clauses_without_any_text_are_not_taken_for_each_other():
    assert keys(align([clause("a")], [clause("z")])) == [("a", None), (None, "z")]


def test_removed_clause_stands_where_it_stood():
    old = [clause(key, key) for key in "rastb"]
    new = [clause(key, key) for key in "axb"]
    assert keys(align(old, new)) == [
        ("r", None),
        ("a", "a"),
        *(("s", None), ("t", None)),
        (None, "x"),
        ("b", "b"),
    ]


def test_removed_clause_stays_when_the_one_before_it_moved():
    old = [clause("a", "a long clause"), clause("m", "m"), clause("r"), clause("b", "long too")]
    new = [old[0], old[3], old[1]]
    assert keys(align(old, new)) == [("a", "a"), ("r", None), ("b", "b"), ("m", "m")]


def test_short_clause_that_passed_a_long_one_is_the_one_that_moved():
    old = [clause("short", "Fees."), clause("long", "All that we promise about your data.")]
    moved = {pair.new.key: pair.has_moved for pair in align(old, old[::-1])}
    assert moved == {"short": True, "long": False}


def test_insertion_and_removal_move_nothing():
    old = [clause(key, key) for key in "abcd"]
    new = [clause(key, key) for key in "xbyd"]
    assert not any(pair.has_moved for pair in align(old, new))


def test_heaviest_order_prefers_weight_to_length():
    assert heaviest_order([2, 0, 1], [9, 1, 1]) == {0}
    assert heaviest_order([2, None, 0, 1], [1, 5, 1, 1]) == {2, 3}
    assert heaviest_order([], []) == set()


@given(any_clauses, any_clauses)
def test_every_clause_of_both_sides_stands_once(old, new):
    pairs = list(align(old, new))
    assert [pair.new for pair in pairs if pair.new] == new
    assert sorted(pair.old.key for pair in pairs if pair.old) == sorted(one.key for one in old)
