"""Every line of a file is accounted for, and a word that is lost is noticed."""

import re
from collections import Counter
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.importing.accounting import KINDS, account, left_out
from documents.importing.errors import UnreadableFile
from documents.importing.reading import read_outline
from documents.markup import to_text

WORD = re.compile(r"[^\W_]+")
POLICY = """Acme

Privacy Policy

Last updated: May 4, 2020

1. Scope

We keep it:

  • for a year
    or two
  • for ever

-----
2. Law
Ours."""


def outline(source, name="a.txt"):
    return read_outline(source.encode(), name)


def kinds(source, name="a.txt"):
    return [(one.kind, one.clause) for one in account(outline(source, name)) if one.kind != "empty"]


def test_every_line_of_a_text_has_a_kind_and_a_clause():
    assert kinds(POLICY) == [
        ("organisation", None),
        ("title", None),
        ("metadata", 0),
        ("heading", 1),
        ("text", 1),
        ("item", 1),
        ("item", 1),
        ("item", 1),
        ("decoration", None),
        ("heading", 2),
        ("text", 2),
    ]


def test_every_line_of_a_markdown_file_has_a_kind_and_a_clause():
    source = (
        "---\ntitle: Terms\n---\n"
        "# Terms\n<!-- to do -->\n\n*Hello*,\nreader [x].\n\n## 1. A\n- one\n"
        '\n| a | b |\n|---|---|\n| c | d |\n\n<div class="x">\n\n[x]: /there "Title"\n'
    )
    assert kinds(source, "a.md") == [
        ("front_matter", None),
        ("front_matter", None),
        ("front_matter", None),
        ("title", None),
        ("residue", None),
        ("text", 0),
        ("text", 0),
        ("heading", 1),
        ("item", 1),
        ("table", 1),
        ("decoration", None),
        ("table", 1),
        ("markup", None),
        ("markup", None),
    ]


def test_a_title_with_a_sentence_on_its_line_names_the_clause_too():
    assert kinds("Privacy Policy collects as little as it can.") == [("title", 0)]


def test_a_comment_inside_a_paragraph_is_a_finding_and_not_a_loss():
    source = "# Terms\n\nWe keep it <!-- one\ntwo three\nfour --> for ever."
    assert kinds(source, "a.md")[1:] == [("text", 0), ("finding", None), ("text", 0)]


def test_words_that_reach_no_clause_are_unaccounted():
    whole = outline(POLICY)
    cut = replace(whole.clauses[1], body="<p>We keep it:</p><ul><li>for ever</li></ul>")
    lost = replace(whole, clauses=(whole.clauses[0], cut, *whole.clauses[2:]))
    assert [one.line for one in account(lost) if one.kind == "unaccounted"] == [11, 12]


def test_a_clause_that_is_missing_is_unaccounted():
    whole = outline(POLICY)
    lost = replace(whole, clauses=whole.clauses[:-1])
    assert [one.line for one in account(lost) if one.kind == "unaccounted"] == [16, 17]


def test_copies_are_accounted_for_and_measured():
    once = "1. Scope\nAll of it.\n\n2. Law\nOurs."
    found = outline(f"{once}\n\n{once}\n{once}")
    assert [one.line for one in account(found) if one.kind == "copy"] == [
        7,
        8,
        10,
        11,
        12,
        13,
        15,
        16,
    ]
    out = left_out(found)
    assert (out.copies, out.characters) == (((7, 11), (12, 16)), 2 * len(once))


def test_a_text_without_copies_leaves_nothing_out():
    assert left_out(outline(POLICY)).characters == 0


LINES = st.lists(
    st.builds(
        lambda start, words: start + " ".join(words),
        st.sampled_from(
            ["", "", "1. ", "2.1 ", "4- ", "  • ", "    ", "# ", "- ", "> ", "| ", "---"]
        ),
        st.lists(
            st.sampled_from(["We", "keep", "data.", "PURPOSE", "why?", "<b>", "*a*"]),
            min_size=1,
            max_size=9,
        ),
    ),
    max_size=20,
)


@given(LINES, st.sampled_from(["a.txt", "a.md"]))
@settings(max_examples=200)
def test_no_line_of_any_text_is_unaccounted(lines, name):
    try:
        found = outline("\n".join(lines), name)
    except UnreadableFile:
        return
    assert_accounted(found)


def assert_accounted(found):
    accounts = account(found)
    assert [one.line for one in accounts] == list(range(1, len(found.source) + 1))
    assert {one.kind for one in accounts} <= set(KINDS)
    assert [found.source[one.line - 1] for one in accounts if one.kind == "unaccounted"] == []


@pytest.mark.parametrize("number", range(5))
def test_a_seeds_words_are_its_clauses_words_in_order(seeds, number):
    (path,) = seeds.glob(f"00{number}_*.txt")
    found = read_outline(path.read_bytes(), path.name)
    assert_accounted(found)
    kept = [one for one in account(found) if one.clause is not None]
    source = WORD.findall("\n".join(found.source[one.line - 1] for one in kept))
    glued = WORD.findall(found.title) if kept[0].kind == "title" else []
    assert source == glued + words_of(found)


def test_the_left_out_copies_of_a_seed_are_counted(seeds):
    (path,) = seeds.glob("004_*.txt")
    out = left_out(read_outline(path.read_bytes(), path.name))
    assert (len(out.copies), out.characters) == (2, 28_250)


FOLDERS = [
    "37signals-privacy",
    "37signals-terms",
    "github-acceptable-use",
    "github-privacy-statement",
    "github-terms-of-service",
]
NO_TEXT = r"<!--.*?-->|</?\w[^>]*>|(?<=\])\(\s*(?:[^()\s]|\([^()\s]*\))*\)|^ *\d+\.\s"


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_histories_words_are_its_clauses_words(histories, folder):
    for path in sorted((histories / folder).glob("*.md"))[::9]:
        found = read_outline(path.read_bytes(), path.name)
        assert_accounted(found)
        kept = {one.line for one in account(found) if one.clause is not None}
        lines = [line if n in kept else "" for n, line in enumerate(found.source, 1)]
        text = re.sub(NO_TEXT, " ", "\n".join(lines), flags=re.DOTALL | re.MULTILINE)
        lost = Counter(WORD.findall(unescape(text))) - Counter(words_of(found))
        assert lost.total() <= 3, lost


def words_of(found):
    texts = [f"{c.number} {c.heading} {to_text(c.body)}" for c in found.clauses]
    return WORD.findall("\n".join(texts))
