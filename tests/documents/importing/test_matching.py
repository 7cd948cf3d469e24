"""Which clause of the draft a clause of a file is, and how sure that is."""

from dataclasses import replace

import pytest

from documents.comparison.align import How
from documents.importing.matching import match, state_of
from documents.importing.outline import OutlineClause

PAY = "You pay the yearly fee within thirty days after you have received our invoice by mail."
KEEP = "We keep the name and the address that you gave us for ten years after your last order."
TELL = "Whenever our list of partners changes we tell you so on this page and in our newsletter."


def clause(text, heading="", number="", level=1, key=""):
    return OutlineClause(level, number, heading, f"<p>{text}</p>" if text else "", (1, 1), key)


def keyed(*clauses):
    return [replace(state_of(each), key=f"key-{at}") for at, each in enumerate(clauses)]


def keys(new, old):
    return [each and each.is_sure and each.key for each in match(new, old)]


@pytest.fixture
def old():
    return keyed(clause(PAY, "Fees", "1"), clause(KEEP, "Data", "2"), clause(TELL, "News", "3"))


def test_the_same_text_keeps_its_key_wherever_it_stands(old):
    new = [clause(TELL, "News", "1"), clause(PAY, "Fees", "2"), clause(KEEP, "Data", "3")]
    assert keys(new, old) == ["key-2", "key-0", "key-1"]


def test_a_key_in_the_file_decides_against_any_words(old):
    [found] = match([clause("Something else.", key="key-1")], old)
    assert (found.key, found.how, found.confidence) == ("key-1", How.KEY, 1)


def test_a_key_that_the_draft_does_not_know_decides_nothing(old):
    [found] = match([clause(KEEP, "Data", key="from elsewhere")], old)
    assert found.key == "key-1"


@pytest.mark.parametrize(
    "edited",
    [
        clause(PAY.replace("thirty", "sixty"), "Fees", "1"),
        clause(PAY, "What it costs", "1"),
        clause(PAY, "Fees", "7"),
        clause(PAY.replace("yearly", "monthly"), "What it costs", "4"),
        clause("You pay the yearly fee in advance, in full and by card.", "Fees", "1"),
    ],
    ids=["words", "heading", "number", "all three", "most words under the same heading"],
)
def test_an_edited_clause_keeps_its_key(old, edited):
    assert keys([edited, clause(KEEP, "Data", "2"), clause(TELL, "News", "3")], old)[0] == "key-0"


def test_another_clause_in_the_same_place_is_new(old):
    new = [clause("Our shop is closed on Sundays.", "Hours", "1"), clause(KEEP), clause(TELL)]
    assert keys(new, old)[0] is None


def test_a_rewritten_clause_under_its_old_heading_is_for_a_person_to_decide(old):
    new = [clause(PAY, "Fees", "1"), clause("Cookies are small files.", "Data"), old_news()]
    assert [found.key for found in match(new, old)][1] == "key-1"
    assert keys(new, old)[1] is False


def old_news():
    return clause(TELL, "News", "3")


def test_of_two_clauses_that_are_alike_none_is_guessed():
    first, second = (KEEP.replace("your last order", end) for end in ("you left", "you came"))
    found = match([clause(first), clause(second)], keyed(clause(KEEP)))
    assert sum(each is not None for each in found) == 1
    assert not any(each and each.is_sure for each in found)


def test_one_part_of_a_split_clause_keeps_the_key():
    old = keyed(clause(f"{PAY}</p><p>{KEEP}", "Fees and data"))
    assert sorted(map(str, keys([clause(PAY, "Fees"), clause(KEEP, "Data")], old))) == [
        "None",
        "key-0",
    ]


def test_a_merged_clause_keeps_one_of_the_keys(old):
    new = [clause(f"{PAY}</p><p>{KEEP}", "Fees", "1"), old_news()]
    assert keys(new, old)[0] in {"key-0", "key-1"}


def test_equal_clauses_keep_their_keys_in_order():
    short = clause("", "Overview")
    old = keyed(short, clause(PAY), short, clause(KEEP))
    assert keys([short, clause(PAY), short, clause(KEEP)], old) == [f"key-{n}" for n in range(4)]


def test_no_key_is_given_twice(old):
    found = keys([clause(PAY, "Fees", "1")] * 3, old)
    assert found.count("key-0") == 1
