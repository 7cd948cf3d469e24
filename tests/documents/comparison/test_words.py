"""Tokens, and the script between two texts."""

import pytest
from hypothesis import given

from documents.comparison import EditKind, words
from documents.comparison.words import Effort, script, tokens

from .clauses import any_text


def sides(steps):
    """The old and the new text that the steps spell."""
    pieces = [(kind, "".join(part)) for kind, part in steps]
    return (
        "".join(text for kind, text in pieces if kind is not EditKind.INSERT),
        "".join(text for kind, text in pieces if kind is not EditKind.DELETE),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We pay 30.", ["We", " ", "pay", " ", "30", "."]),
        ("EUR 1,200.50, 5%", ["EUR", " ", "1,200.50", ",", " ", "5", "%"]),
        ("2024-05-25 25.5.2024", ["2024-05-25", " ", "25.5.2024"]),
        ("user’s third-party", ["user’s", " ", "third", "-", "party"]),
        ("3rd\n\n a\t b", ["3rd", "\n", "\n", " ", "a", "\t ", "b"]),
        ("नियम e\u0301", ["नियम", " ", "e\u0301"]),
        ("第30条", ["第", "30", "条"]),
    ],
)
def test_tokens_are_whole_words_numbers_and_signs(text, expected):
    assert tokens(text) == expected


@given(any_text)
def test_tokens_joined_are_the_text(text):
    assert "".join(tokens(text)) == text


@given(any_text, any_text)
def test_script_spells_both_sides(old, new):
    assert sides(script(old, new, Effort())) == (old, new)


@given(any_text, any_text)
def test_script_spells_both_sides_when_the_effort_is_spent(old, new):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "ALWAYS_PAIRS", 4)
        assert sides(script(old, new, Effort(left=0))) == (old, new)


def test_name_changed_throughout_a_long_text_marks_only_the_name(monkeypatch):
    monkeypatch.setattr(words, "MAX_PAIRS", 200)
    old = "The Company may act. The Company may not sell. " * 20
    steps = script(old, old.replace("Company", "Provider"), Effort())
    assert {part for kind, parts in steps if kind is EditKind.DELETE for part in parts} == {
        "Company"
    }


def test_tokens_that_stand_for_surrogates_survive(monkeypatch):
    monkeypatch.setattr(words, "MAX_PAIRS", 10**10)
    old = " ".join(map(str, range(60_000)))
    assert sides(script(f"x {old} y", f"z {old} x", Effort())) == (f"x {old} y", f"z {old} x")


def test_more_different_words_than_characters_are_replaced_and_it_is_said(monkeypatch):
    monkeypatch.setattr(words, "MAX_CODES", 5)
    effort = Effort()
    assert sides(script("a b c", "d e f", effort)) == ("a b c", "d e f")
    assert effort.is_short


def test_effort_that_is_enough_is_no_shortage():
    effort = Effort()
    list(script("a b c", "d b f", effort))
    assert not effort.is_short
    assert effort.left < words.MAX_EFFORT


@given(any_text, any_text)
def test_text_too_long_for_words_is_compared_by_its_parts(old, new):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "MAX_CHARACTERS", 8)
        assert sides(script(old, new, Effort())) == (old, new)
