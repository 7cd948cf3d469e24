"""What a text lost on its way, told by one line each."""

import pytest

from documents.importing.lints import find
from documents.importing.reading import read_outline

TEXT = "We keep the data of the account for as long as you use it."


def marks(source, code, name="a.txt"):
    found = find(read_outline(f"{source}\n".encode(), name))
    return [(one.lines[0], one.words) for one in found if one.code == code]


def codes(line):
    return {one.code for one in find(read_outline(f"1. Scope\n{TEXT} {line}".encode(), "a.txt"))}


@pytest.mark.parametrize(
    "line",
    [
        "How does use my data, and why is it so?",
        "It is safe here. commits to keep it so.",
        "Under the GDPR., a company in Paris, it is so.",
        "One of these applies: is checking the data.",
        "Therefore, does not sell it.",
        "In the case of a sale, collects your data.",
        "You may obtain from the erasure of it.",
        "It goes directly from to another one.",
        "It is processed by; and so on.",
        "This is the data has about you.",
    ],
)
def test_a_name_that_is_missing_is_noticed(line):
    assert "empty_name" in codes(line)


@pytest.mark.parametrize(
    "line",
    [
        "Acme, Inc., a Delaware corporation, does not sell it.",
        "It happens in one case, i.e., a sale.",
        "You may obtain from the data controller what you need.",
        "The service, however, will go on. It does not collect names.",
        "This does not collect your data. iPhone users may go on.",
        "If you close the account, we delete it.",
    ],
)
def test_a_sentence_with_its_name_is_none(line):
    assert "empty_name" not in codes(line)


def test_a_heading_glued_to_its_text_is_found():
    source = f"1- PURPOSE processes your data.\n\n2- Scope\n\n{TEXT}"
    assert marks(source, "glued_heading") == [(1, "processes your data.")]


def test_a_heading_on_its_own_line_is_not_glued():
    assert marks(f"# Terms\n## 1. Scope\n{TEXT}", "glued_heading", "a.md") == []


def test_a_title_glued_to_its_text_is_found():
    assert marks(f"Privacy Policy keeps the data.\n{TEXT}", "glued_heading") == [
        (1, "keeps the data.")
    ]


def test_two_addresses_that_ran_together_are_found():
    assert marks(f"1. A\n{TEXT} See https://a.example/ethttps://b.example/.", "glued_url") == [
        (2, "https://b.example/.")
    ]
    archived = "https://web.archive.example/web/2019/https://a.example/"
    assert marks(f"1. A\n{TEXT} See {archived}.", "glued_url") == []


def test_an_item_without_its_bullet_is_found():
    source = f"1. A\n{TEXT}\n\n  • One of them.\n    Another one of them.\n  • The last."
    assert marks(source, "lost_bullet") == [(5, "Another one of them.")]


def test_items_of_a_list_in_markdown_have_their_bullets():
    source = f"# A\n{TEXT}\n\n- One\n\n  more of it\n- [Two](/x)\n1. Three"
    assert marks(source, "lost_bullet", "a.md") == []


@pytest.mark.parametrize(
    ("end", "is_cut"),
    [
        ("You may write to", True),
        ("The form is available at:", True),
        ("We do what you ask us to.", False),
        ("The form is available at:\n\na@b.example", False),
        ("The form is available at:\n\n  • one of the offices", False),
        ("It is so and", True),
        ("It is so; and", False),
    ],
)
def test_a_sentence_that_breaks_off_is_found(end, is_cut):
    assert bool(marks(f"1. A\n{TEXT} {end}", "cut_sentence")) == is_cut


def test_a_long_paragraph_without_its_full_stop_is_found():
    assert len(marks(f"1. A\n{TEXT[:-1]} and also afterwards", "missing_full_stop")) == 1
    assert marks(f"1. A\n{TEXT[:-1]} or write to a@b.example", "missing_full_stop") == []
    assert marks(f"1. A\n{TEXT}", "missing_full_stop") == []


@pytest.mark.parametrize(
    ("text", "is_lost"),
    [
        ("as necessary.Where it is", True),
        ("PARIS 07Phone: 01", True),
        ("until 6 pm)Fax it", True),
        ("01 22(Monday to Friday)", True),
        ("see Node.js or a.example/Terms.Html", False),
        ("see Section B(5) of Open.AI", False),
    ],
)
def test_a_line_break_that_got_lost_is_found(text, is_lost):
    assert bool(marks(f"1. A\n{TEXT} {text} now.", "lost_line_break")) == is_lost
