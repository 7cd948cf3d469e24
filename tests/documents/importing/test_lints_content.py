"""Numbers, terms, promises, law, language and characters, told by one rule each."""

import pytest

from documents.importing.lints import find
from documents.importing.reading import read_outline

TEXT = "We keep the data of the account for as long as you use it."


def marks(source, code, name="a.txt"):
    found = find(read_outline(f"{source}\n".encode(), name))
    return [(one.lines[0], one.words) for one in found if one.code == code]


def numbered(*numbers):
    return "\n".join(f"{number}. Part\n{TEXT}" for number in numbers)


def test_a_gap_in_the_numbers_is_named():
    assert marks(numbered(1, 4, 5, 7), "number_gap") == [(3, "2–3"), (7, "6")]
    assert marks(numbered("1", "1.1", "1.3", "2", "2.1"), "number_gap") == [(5, "1.2")]


def test_letters_are_counted_and_numbers_start_again_within_each():
    source = "# T\n## A. One\n### 1. a\nx\n### 2. b\nx\n## C. Two\n### 1. c\nx"
    assert marks(source, "number_gap", "a.md") == [(7, "B")]
    assert marks(source, "number_duplicate", "a.md") == []


def test_children_whose_parents_print_no_number_have_no_gap():
    source = f"# T\n## One\n### 1.1 a\n{TEXT}\n## Two\n### 4.1 b\n{TEXT}"
    assert marks(source, "number_gap", "a.md") == []


def test_a_number_that_stands_twice_is_found():
    assert marks(numbered(1, 2, 2, 3), "number_duplicate") == [(5, "2")]


@pytest.mark.parametrize(
    ("text", "is_dangling"),
    [
        ("As in Section 9 above.", True),
        ("As in paragraph 9 of this policy.", True),
        ("As in Section 2 above.", False),
        ("As in Article 17 of the GDPR.", False),
        ("As in Articles 21 and 22 of the GDPR.", False),
        ("As in Article 6(1)(f) GDPR.", False),
        ("As in 15 U.S.C. § 45 and elsewhere.", False),
        ("It is part a of it.", False),
    ],
)
def test_a_reference_to_a_number_that_is_not_there_is_found(text, is_dangling):
    assert bool(marks(f"{numbered(1, 2)} {text}", "dangling_reference")) == is_dangling


def test_five_lines_that_stand_twice_are_found_with_the_place_of_the_first():
    part = "\n".join(f"This is the sentence number {n} of the text." for n in "abcde")
    source = f"1. A\n{TEXT}\n{part}\n\n2. B\nThat is all.\n{part}\n\n3. C\nThe end of it."
    assert marks(source, "repeated_text") == [(11, "3–7")]


def test_four_lines_may_stand_twice():
    part = "\n".join(f"This is the sentence number {n} of the text." for n in "abcd")
    assert marks(f"1. A\n{TEXT}\n{part}\n\n2. B\n{part}", "repeated_text") == []


def test_a_term_that_nobody_defines_is_found_once():
    source = f"1. A\n{TEXT} It is in the Terms of Service and the Terms of Service again."
    assert marks(source, "undefined_term") == [(2, "Terms of Service")]


@pytest.mark.parametrize(
    "text",
    [
        "These are the “Terms of Service”. You accept the Terms of Service.",
        "These are our rules (the “Terms of Service”). You accept the Terms of Service.",
        "Capitalized terms are defined elsewhere. You accept the Terms of Service.",
    ],
)
def test_a_defined_term_is_no_finding(text):
    assert marks(f"1. A\n{TEXT} {text}", "undefined_term") == []


def test_a_linked_term_is_no_finding():
    source = (
        f"# A\n\n{TEXT} You accept the [Terms of Service](../terms.md). In the Terms of Service."
    )
    assert marks(source, "undefined_term", "a.md") == []


def test_a_term_that_is_defined_twice_is_found():
    source = f"1. A\nContent means what the users write.\n2. B\n{TEXT} (designated as “Content”)."
    assert marks(source, "term_defined_twice") == [(4, "Content")]
    assert marks(f"1. A\n{TEXT} See “Content” and “Content”.", "term_defined_twice") == []


def test_a_policy_should_state_its_date_and_a_contact():
    assert marks(f"Privacy Policy\n\n1. A\n{TEXT}", "missing_effective_date") == [(1, "")]
    assert marks(f"Privacy Policy\n\n1. A\n{TEXT}", "missing_contact") == [(1, "")]
    complete = f"1. A\n{TEXT} Write to a@b.example.\n\nLast updated: May 4, 2020"
    assert marks(complete, "missing_effective_date") == marks(complete, "missing_contact") == []


def test_the_contact_of_an_authority_is_not_the_publishers():
    source = f"1. A\n{TEXT}\nThe supervisory authority: phone 01 53 73."
    assert len(marks(source, "missing_contact")) == 1


def test_changes_announced_in_two_ways_are_a_conflict():
    post = "We will post any changes of this policy on this page."
    mail = "We send you an e-mail when the policy changes."
    assert marks(f"1. A\n{TEXT}\n{mail}\n2. B\n{post}", "conflicting_promises") == [
        (3, "send"),
        (5, "post"),
    ]
    assert marks(f"1. A\n{TEXT}\n{post}", "conflicting_promises") == []
    both = "We post changes of the policy on this page or send an e-mail."
    assert marks(f"1. A\n{TEXT}\n{both}\n{mail}", "conflicting_promises") == []


def test_law_that_is_no_longer_in_force_is_named():
    source = f"1. A\n{TEXT} Under the Privacy Shield and Directive 95/46/EC. A DMCA safe harbor."
    assert marks(source, "stale_law") == [(2, "Privacy Shield, 95/46/EC")]


@pytest.mark.parametrize(
    "text", ["[Company name]", "{{ site.mail }}", "<your name>", "XXXX", "____"]
)
def test_a_placeholder_is_found(text):
    assert marks(f"1. A\n{TEXT} It is {text} who does it.", "placeholder") == [(2, text)]


@pytest.mark.parametrize("text", ["a [at] b [dot] c", "[sic]", "[…]"])
def test_other_brackets_are_no_placeholder(text):
    assert marks(f"1. A\n{TEXT} It is {text} who does it.", "placeholder") == []


def test_a_passage_in_another_language_is_found():
    french = "Nous gardons les données pour la durée de votre contrat avec nous."
    source = f"1. A\n{TEXT}\n{TEXT} And the rest of it.\n2. B\n{french}"
    assert marks(source, "mixed_language") == [(5, "Nous gardons les données pour la durée de")]


@pytest.mark.parametrize(
    ("character", "code", "words"),
    [
        ("\u200b", "invisible_character", "U+200B ZERO WIDTH SPACE"),
        ("\u00ad", "invisible_character", "U+00AD SOFT HYPHEN"),
        ("\u200d", "invisible_character", "U+200D ZERO WIDTH JOINER"),
        ("\u202e", "direction_character", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\x85", "unreadable_character", "U+0085 CONTROL CHARACTER"),
        ("\ufffd", "unreadable_character", "U+FFFD REPLACEMENT CHARACTER"),
        ("\ue000", "unreadable_character", "U+E000 PRIVATE USE CHARACTER"),
    ],
)
def test_a_character_that_nobody_sees_is_named(character, code, words):
    source = f"1. A\nWe ke{character}ep it.\nTw{character}ice he{character}re."
    assert marks(source, code) == [(2, words), (3, f"{words} × 2")]


@pytest.mark.parametrize("text", ["می\u200cخواهم", "👨\u200d👩", "a\tb", "é\u00a0!"])
def test_characters_that_a_script_needs_are_no_finding(text):
    found = find(read_outline(f"1. A\nWe keep {text} here.".encode(), "a.txt"))
    assert not {one.code for one in found if one.code.endswith("_character")}
