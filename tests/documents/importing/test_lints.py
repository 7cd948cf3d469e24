"""The lints together: on real policies, in other languages, and in bounded time."""

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.importing.errors import UnreadableFile
from documents.importing.lints import CODES, find, skipped
from documents.importing.outline import Outline
from documents.importing.reading import read_outline

# The defects that a person found in the seeds, each at its line.
DEFECTS = {
    "000": {
        "lost_bullet": {13, 51},
        "term_defined_twice": {18, 20},
        "undefined_term": {34, 70},
        "missing_effective_date": {1},
        "missing_contact": {1},
    },
    "001": {
        "empty_name": {1, 3, 30, 35, 44, 64, 66, 82},
        "glued_heading": {1, 82},
        "missing_full_stop": {46, 54},
        "missing_contact": {1},
    },
    "002": {
        "placeholder": {5},
        "conflicting_promises": {49, 73},
        "missing_effective_date": {1},
    },
    "003": {
        "glued_url": {5},
        "stale_law": {77, 153},
        "missing_full_stop": {91},
        "mixed_language": {165, 167},
        "missing_effective_date": {3},
    },
    "004": {
        "empty_name": {8, 11, 23, 33, 35, 46, 50, 56, 75, 97, 103, 121, 135, 141},
        "glued_heading": {23, 33, 35, 46, 50},
        "number_gap": {23, 46},
        "cut_sentence": {37, 150, 152},
        "lost_line_break": {8, 148},
        "missing_effective_date": {1},
    },
}
# What else is marked there; each was read and is either right or a matter of opinion.
FURTHER = {
    "000": {"undefined_term": 2},
    "001": {"empty_name": 1, "undefined_term": 1},
    "002": {"undefined_term": 5},
    "003": {"undefined_term": 9, "dangling_reference": 1},
    "004": {"empty_name": 7, "missing_contact": 1},
}


def outline(source, name="a.txt"):
    return read_outline(source.encode(), name)


@pytest.mark.parametrize("number", sorted(DEFECTS))
def test_the_known_defects_of_a_seed_are_found_and_little_else(seeds, number):
    (path,) = seeds.glob(f"{number}_*.txt")
    marks = {(one.code, one.lines[0]) for one in find(read_outline(path.read_bytes(), path.name))}
    wanted = {(code, line) for code, lines in DEFECTS[number].items() for line in lines}
    assert wanted - marks == set()
    assert Counter(code for code, _ in marks - wanted) - Counter(FURTHER[number]) == Counter()


@pytest.mark.parametrize("folder", ["37signals-terms", "github-terms-of-service"])
def test_a_well_kept_policy_has_no_damage(histories, folder):
    path = sorted((histories / folder).glob("*.md"))[-1]
    found = Counter(one.code for one in find(read_outline(path.read_bytes(), path.name)))
    damage = {"empty_name", "glued_heading", "lost_bullet", "cut_sentence", "lost_line_break"}
    assert found.keys() & damage == set()


def test_what_cannot_be_read_in_a_language_is_told():
    german = (
        "1. Umfang\nDiese Bedingungen gelten für die Nutzung der Dienste von uns und für das Konto."
    )
    assert {"empty_name", "cut_sentence", "undefined_term"} <= set(skipped(outline(german)))
    assert "missing_effective_date" not in skipped(outline(german))
    assert {one.code for one in find(outline(german))} == {
        "missing_effective_date",
        "missing_contact",
    }


def test_nothing_is_skipped_in_english():
    assert skipped(outline("1. Scope\nThe terms are for the use of the service by you.")) == ()


def test_a_text_too_short_for_a_language_skips_the_lints_that_need_words():
    assert "empty_name" in skipped(outline("1. Scope\nAll."))


def test_codes_are_unique_and_name_the_readers_too():
    assert len(set(CODES)) == len(CODES)
    assert {"tracked_changes", "comments", "hidden_text", "text_boxes", "images"} <= set(CODES)


def test_an_outline_without_clauses_and_lines_can_be_looked_at():
    assert {one.code for one in find(Outline("", ()))} <= set(CODES)


WORDS = st.sampled_from(
    ["the", "of", "Privacy Policy", "“Service”", "means", "Section 5", "1.", "\u200b", "x)Y", "[a",
     "https://a", "we will", "update", "post", "•", "\n", "\n\n", "# ", "Société", "\ue000"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=60).map(" ".join), st.sampled_from(["a.txt", "a.md"]))
@settings(max_examples=100)
def test_any_text_has_findings_with_known_codes_inside_the_file(source, name):
    try:
        found = outline(source, name)
    except UnreadableFile:
        return
    for one in find(found):
        assert one.code in CODES
        assert 1 <= one.lines[0] <= one.lines[1] <= len(found.source)
        assert one.words.isprintable()


@pytest.mark.parametrize(
    "piece", ["w", "In ", "“A ", "( Section 5 ", "[", "is, [a]( ; , an ", "a Aa ", "x)Y1(Z.A"]
)
def test_a_hostile_text_takes_no_longer_than_its_size(piece):
    found = outline("1. Scope\n" + (piece * 900_000)[:900_000])
    start = time.process_time()
    find(found)
    assert time.process_time() - start < 5
