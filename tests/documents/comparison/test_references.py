"""References that no longer lead where they led."""

import pytest

from documents.comparison import compare
from documents.comparison.references import followed, references, stale_references

from .clauses import clause


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("See Section 5.2 and clause 7.", ["5.2", "7"]),
        ("under Article IV, § 12 and part B", ["IV", "12", "B"]),
        ("à l\u2019article 3; siehe Ziffer 4", ["3", "4"]),
        ("This section is short. A party 5", []),
        ("sections 1.1.1.1.1.1.1.1", []),
        ("§12 and §§ 3, 4 und 5", ["12", "3", "4", "5"]),
        ("in sections 3 and 4.2, and in section 7 and 30 days later", ["3", "4.2", "7"]),
    ],
)
def test_references_are_found_in_three_languages(text, numbers):
    assert [each.number for each in references(text)] == numbers


def numbered(*keys, texts=()):
    texts = dict(texts)
    return [clause(key, texts.get(key, key), number=str(n)) for n, key in enumerate(keys, 1)]


def test_new_numbers_are_of_clauses_that_alone_had_theirs():
    redline = compare(numbered(*"abc"), numbered(*"aXbc"))
    assert redline.new_numbers == {"2": "3", "3": "4"}
    twice = [clause("a", "a", number="1"), clause("b", "b", number="1"), clause("c", "c")]
    redline = compare(twice, [clause("a", "a", number="2"), clause("b", "b", number="1")])
    assert redline.new_numbers == redline.lost_numbers == {}


def test_reference_that_a_split_moved_is_pointed_out_too():
    one = "We keep your data for as long as you have an account with us."
    two = "We share it with those whom section 2 names, and with nobody else at all."
    old = [clause("a", f"{one}\n{two}", number="1"), clause("b", "Banks.", number="2")]
    new = [
        clause("a", one, number="1"),
        clause("n", two, number="2"),
        clause("b", "Banks.", number="3"),
    ]
    (stale,) = stale_references(compare(old, new))
    assert (stale.clause.key, stale.words) == ("n", "section 2")


def test_reference_to_a_clause_with_another_number_is_pointed_out():
    texts = {"a": "See section 2. And section 9."}
    old, new = numbered("a", "b", texts=texts.items()), numbered("a", "X", "b", texts=texts.items())
    (stale,) = stale_references(compare(old, new))
    assert (stale.clause.key, stale.words, stale.target.clause.key) == ("a", "section 2", "b")


def test_the_second_of_two_numbers_is_pointed_out_with_its_words():
    texts = {"a": "See sections 9 and 2."}
    old, new = numbered("a", "b", texts=texts.items()), numbered("a", "X", "b", texts=texts.items())
    (stale,) = stale_references(compare(old, new))
    assert stale.words == "sections 9 and 2"


def test_reference_to_a_removed_clause_is_pointed_out():
    texts = {"a": "See section 2."}
    (stale,) = stale_references(
        compare(numbered("a", "b", texts=texts.items()), numbered("a", texts=texts.items()))
    )
    assert stale.target.new is None


def test_reference_that_followed_is_not_stale():
    old = numbered("a", "b", texts={"a": "See section 2."}.items())
    new = numbered("a", "X", "b", texts={"a": "See section 3."}.items())
    redline = compare(old, new)
    assert stale_references(redline) == ()
    assert followed("See section 2.", redline.new_numbers) == "See section 3."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See section 20.", "See section 2."),
        ("See section 2 first.", "See section 3 first. Look at section 2 too."),
    ],
)
def test_reference_that_was_written_anew_is_not_stale(before, after):
    old = numbered("a", "b", texts={"a": before}.items())
    new = numbered("a", "X", "b", texts={"a": after}.items())
    assert stale_references(compare(old, new)) == ()
