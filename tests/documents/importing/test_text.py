"""The rules that turn plain text into clauses, one by one."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.importing.outline import MAX_LEVEL
from documents.importing.reading import read_outline
from documents.importing.text import read_text
from documents.markup import to_text

TEXT = "We keep it for as long as you have an account."


def outline(source):
    return read_outline(source.encode(), "policy.txt")


def headings(source):
    return [(c.level, c.number, c.heading) for c in outline(source).clauses]


def bodies(source):
    return [c.body for c in outline(source).clauses]


@pytest.mark.parametrize(
    ("line", "number", "heading"),
    [
        ("1. Scope", "1", "Scope"),
        ("4- Scope", "4", "Scope"),
        ("2 – Scope", "2", "Scope"),
        ("3) Scope", "3", "Scope"),
        ("4.Scope", "4", "Scope"),
        ("2.1. Scope", "2.1", "Scope"),
        ("10.1- Scope", "10.1", "Scope"),
        ("10.2 Scope", "10.2", "Scope"),
        ("1.2.3 Scope of it all", "1.2.3", "Scope of it all"),
        ('5. Erasure, also known as the "Right to be Forgotten"', "5",
         'Erasure, also known as the "Right to be Forgotten"'),
    ],
)  # fmt: skip
def test_a_number_at_the_start_of_a_line_opens_a_clause(line, number, heading):
    level = number.count(".") + 1
    assert headings(f"{line}\n\n{TEXT}") == [(level, number, heading)]


@pytest.mark.parametrize(
    "line",
    [
        "30 days after you tell us, we erase it.",
        "2.5 million people use the service each day.",
        "24-hour support is part of the service.",
        "12.05.2021 is the day on which it began.",
    ],
)
def test_an_amount_or_a_date_is_no_number_of_a_clause(line):
    assert headings(f"Policy\n\n{TEXT}\n{line}") == [(1, "", "")]


def test_a_numbered_sentence_is_a_clause_without_heading():
    clause = outline(f"1. Scope\n{TEXT}\n2. You must be of age.").clauses[1]
    assert (clause.number, clause.heading, clause.body) == ("2", "", "<p>You must be of age.</p>")


def test_an_indented_number_is_a_list_item():
    source = "1. Scope\n\nFor this:\n\n  1. to serve you\n  2. to bill you\n"
    assert bodies(source) == ["<p>For this:</p><ol><li>to serve you</li><li>to bill you</li></ol>"]


def test_a_list_that_starts_later_keeps_its_numbers():
    assert bodies("1. Scope\nAll:\n  4. four\n  5. five") == [
        '<p>All:</p><ol start="4"><li>four</li><li>five</li></ol>'
    ]


def test_numbers_that_cannot_be_counted_stay_in_the_text():
    assert bodies("1. Scope\nAll:\n  1. one\n  3. three") == [
        "<p>All:</p><ul><li>1. one</li><li>3. three</li></ul>"
    ]


def test_bullets_nest_by_indent():
    source = "1. Scope\n\n  • one\n    • two\n    • three\n  • four"
    assert bodies(source) == [
        "<ul><li>one<ul><li>two</li><li>three</li></ul></li><li>four</li></ul>"
    ]


def test_an_indented_line_after_an_item_is_an_item_that_lost_its_bullet():
    assert bodies("1. Scope\n\n  • One thing.\n    Another thing.\n  • Third thing.") == [
        "<ul><li>One thing.</li><li>Another thing.</li><li>Third thing.</li></ul>"
    ]


def test_an_item_goes_on_where_its_sentence_does():
    assert bodies("1. Scope\n\n  • One thing that\n    goes on.") == [
        "<ul><li>One thing that goes on.</li></ul>"
    ]


def test_capitals_glued_to_a_sentence_are_a_heading():
    clause = outline("4- PURPOSE OF IT processes your data for all the ends named here.").clauses[0]
    assert (clause.heading, to_text(clause.body)[:19]) == ("PURPOSE OF IT", "processes your data")


def test_a_name_in_capitals_is_no_heading():
    sentence = "EXAMPLIA welcomes what you have to say about the text of this policy."
    clauses = outline(f"1. Contact\n{sentence}\n2. {sentence}").clauses
    assert clauses[1].heading == ""


def test_a_question_glued_to_a_sentence_is_a_heading():
    clause = outline(f"1. A\n{TEXT}\nWhat do we collect? collects little.").clauses[1]
    assert (clause.heading, clause.body) == ("What do we collect?", "<p>collects little.</p>")


@pytest.mark.parametrize(
    "line",
    [
        "It ends with a full stop.",
        "it begins with a small letter",
        "Write to privacy@example.com",
        "Telephone: 020 7946 0000",
        "Last updated: May 24, 2018",
        "This line has too many words to be the heading of anything",
        "- Item of a list",
    ],
)
def test_what_is_no_heading(line):
    assert headings(f"1. Scope\n{TEXT}\n{line}\n{TEXT}") == [(1, "1", "Scope")]


def test_an_address_after_a_colon_is_no_heading():
    assert headings("1. Contact\nWrite to us at:\nExample Ltd\nLondon\n\n2. Law\nEnglish law.") == [
        (1, "1", "Contact"),
        (1, "2", "Law"),
    ]


def test_a_heading_after_a_colon_heads_a_list():
    source = f"Scope\n\nIntroduction\n\n{TEXT}\nThe kinds are:\n\nAccess data\n\n  • Password"
    assert headings(source) == [(1, "", "Introduction"), (2, "", "Access data")]


def test_a_heading_right_under_a_heading_is_deeper():
    source = (
        f"Policy\n\n{TEXT}\nUse\nHow we use it\nTo serve you\n- a\nTo bill you\n- b\nEnd\n{TEXT}"
    )
    assert headings(source)[1:] == [
        (1, "", "Use"),
        (2, "", "How we use it"),
        (3, "", "To serve you"),
        (3, "", "To bill you"),
        (1, "", "End"),
    ]


def test_many_short_lines_are_a_list_without_bullets():
    source = f"Policy\n\n{TEXT}\nCategories\nName\nAge\nSize\nUse\n{TEXT}"
    assert headings(source)[1:] == [(1, "", "Categories"), (1, "", "Use")]


def test_two_empty_lines_and_a_gap_in_the_numbers_are_a_lost_heading():
    source = f"1. A\n\n{TEXT}\n\n\n{TEXT}\n\n3. C\n\n{TEXT}\n\n\n{TEXT}"
    assert headings(source) == [(1, "1", "A"), (1, "", ""), (1, "3", "C"), (1, "", "")]


def test_two_empty_lines_alone_are_nothing():
    assert headings(f"1. A\n\n{TEXT}\n\n\n{TEXT}\n\n2. B\n\n{TEXT}") == [
        (1, "1", "A"),
        (1, "2", "B"),
    ]


def test_a_closing_date_is_metadata_and_not_part_of_the_last_clause():
    found = outline(f"1. Scope\n\n{TEXT}\n\nThis policy was last amended on 3 March 2024.")
    assert found.metadata == {"amended_on": "2024-03-03", "language": "en"}
    assert found.origins["amended_on"] == (5, 5)
    assert [to_text(c.body).split()[0] for c in found.clauses] == ["We", "This"]


@pytest.mark.parametrize(
    ("line", "metadata"),
    [
        ("Effective date: July 1, 2020", {"effective_on": "2020-07-01"}),
        ("Last updated 2020-07-01", {"amended_on": "2020-07-01"}),
        ("Effective as of 1 January 2024", {"effective_on": "2024-01-01"}),
        ("Last modified: 2024-01-05", {"amended_on": "2024-01-05"}),
        ("Version of 3 May 2021", {"amended_on": "2021-05-03"}),
        ("Dernière mise à jour : 1er août 2023", {"amended_on": "2023-08-01"}),
        ("En vigueur le 25 février 2022", {"effective_on": "2022-02-25"}),
        ("Stand: 3. März 2021", {"amended_on": "2021-03-03"}),
        ("Gültig ab 1. Dezember 2020", {"effective_on": "2020-12-01"}),
        (
            "Effective July 1, 2020. Last updated: May 4, 2020.",
            {"effective_on": "2020-07-01", "amended_on": "2020-05-04"},
        ),
        ("Last updated: 1/7/2020", {}),
        ("Last updated: February 30, 2020", {}),
        ("The law of January 6, 1978", {}),
        ("We updated the servers that stand in the building since the first of May in 2020", {}),
    ],
)
def test_dates_that_the_text_states_about_itself(line, metadata):
    found = outline(f"Policy\n{line}\n1. Scope\n{TEXT}").metadata
    assert {name: day for name, day in found.items() if name.endswith("_on")} == metadata


def test_the_first_mention_of_a_date_counts():
    found = outline(f"Policy\nUpdated May 4, 2020\n1. A\n{TEXT}\nUpdated May 4, 2010")
    assert (found.metadata["amended_on"], found.origins["amended_on"]) == ("2020-05-04", (2, 2))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        ("Nous gardons les données pour la durée de votre contrat.", "fr"),
        ("Wir verarbeiten die Daten für die Nutzung der Dienste.", "de"),
        ("All.", None),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_language_is_told_where_it_is_clear(text, language, name):
    found = read_outline(f"## 1. A\n{text}".encode(), name)
    assert found.metadata.get("language") == language


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("These terms are those of Acme GmbH (“Acme”, “we”) in Bern.", "Acme GmbH"),
        ("The site is the property of Acme Labs (“we”, “us”).", "Acme Labs"),
        ("The site https://a.example is operated by SAS ACME.", "SAS ACME"),
        ("It is run by others and operated by Acme Ltd, in London.", "Acme Ltd"),
        ("Thanks for trusting Acme, Inc. or Acme B.V. (“Acme”, “we”).", None),
        ("It is provided by our partners (“they”).", None),
        ("This Policy (“we” say so) is for you.", None),
    ],
)
def test_the_publisher_is_named_by_the_text(text, name):
    assert outline(f"1. Scope\n{text}\n{TEXT}").metadata.get("organisation") == name


def test_the_publisher_above_the_title_goes_first():
    found = outline(f"Example\n\nPrivacy Policy\n\nIt is operated by Acme Ltd.\n{TEXT}")
    assert found.metadata["organisation"] == "Example"
    assert (found.origins["organisation"], found.origins["title"]) == ((1, 1), (3, 3))


@pytest.mark.parametrize(
    ("top", "title", "organisation"),
    [
        ("Privacy policy", "Privacy policy", ""),
        ("Example Ltd\n\nTerms of Service", "Terms of Service", "Example Ltd"),
        ("   TERMS OF SERVICE\n   ================", "TERMS OF SERVICE", ""),
        ("Cookies", "Cookies", ""),
        ("1. Scope", "", ""),
        ("- Terms", "", ""),
    ],
)
def test_the_title_stands_on_top(top, title, organisation):
    found = outline(f"{top}\n\n{TEXT}")
    assert (found.title, found.metadata.get("organisation", "")) == (title, organisation)


def test_a_title_glued_to_the_text_is_split_off():
    found = outline("Privacy Policy collects as little as it can.")
    assert (found.title, found.clauses[0].body) == (
        "Privacy Policy",
        "<p>collects as little as it can.</p>",
    )


def test_a_sentence_about_the_policy_is_no_title():
    assert outline("This Privacy Policy describes what we do with your data.").title == ""


def test_last_lines_in_another_language_are_residue():
    text = f"1. Scope\n\n{TEXT} The rest of it is in the list of the services.\n" * 6
    foreign = "Suivez la vie de notre équipe dans votre boîte !"
    found = outline(f"{text}\n{foreign}")
    assert [(r.lines, r.text) for r in found.residue] == [((20, 20), foreign)]
    assert "Suivez" not in "".join(c.body for c in found.clauses)


def test_a_second_language_is_no_residue():
    foreign = "Nous gardons les données pour la durée de votre contrat avec nous."
    found = outline(f"1. Scope\n\n{TEXT}\n\n2. Durée\n\n{foreign}")
    assert (found.residue, len(found.clauses)) == ((), 2)


def test_wrapped_lines_are_one_paragraph():
    source = (
        "1. Scope\n"
        "These terms apply to your use of the Example services. By using them you agree\n"
        "to the terms. If you do not agree, do not use the services. We may change them\n"
        "at any time.\n"
        "2. Law\n"
        "English law."
    )
    first, second = bodies(source)
    assert first.count("<p>") == 1
    assert second == "<p>English law.</p>"


def test_text_is_escaped():
    assert bodies("1. <b>A</b>\nUse <script>x</script> & more, as you like it here.") == [
        "<p>Use &lt;script&gt;x&lt;/script&gt; &amp; more, as you like it here.</p>"
    ]


WORDS = ["We", "keep", "it", "Policy", "PURPOSE", "why?", "data.", "Scope", "mit", "und", "le"]
LINE = st.builds(
    lambda start, words: start + " ".join(words),
    st.sampled_from(["", "", "1. ", "2.1 ", "4- ", "  1. ", "• ", "  • ", "    - ", "   ", "(a) "]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=14),
)


@given(st.lists(st.one_of(LINE, st.just("")), max_size=30))
@settings(deadline=None)
def test_no_word_is_lost_or_made_up(lines):
    found = read_text(lines)
    texts = [found.title, found.metadata.get("organisation", ""), *(r.text for r in found.residue)]
    for clause in found.clauses:
        texts += [clause.heading, clause.body.replace(">", "> ").replace("<", " <")]
        assert 1 <= clause.level <= MAX_LEVEL
    assert counted(texts) == counted(lines)


def counted(texts):
    words = " ".join(texts).split()
    return Counter(word for word in words if word in WORDS)
