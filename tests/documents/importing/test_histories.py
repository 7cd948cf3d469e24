"""Real Markdown policies, early and late: their words all arrive.

The histories are no part of this repository: see the fixture.
"""

import re
from collections import Counter
from html import unescape

import pytest

from documents.importing.reading import read_outline
from documents.markup import to_text

FOLDERS = [
    "37signals-privacy",
    "37signals-terms",
    "github-acceptable-use",
    "github-privacy-statement",
    "github-terms-of-service",
]
PLACES = [0, 0.2, 0.4, 0.6, 0.8, 1]  # from the first file of a folder to its last
WORD = re.compile(r"[^\W_]+")
NO_TEXT = [
    r"\A---[ \t]*\n.*?\n---[ \t]*\n",  # front matter
    r"<!--.*?-->",
    r"</?\w[^>]*>",
    r"(?<=\])\((?:[^()\s]|\([^()\s]*\))*\)",  # link targets
    r"(?m)^\[[^\]]+\]: .*$",
    r"(?m)^\s*\d+\.\s",  # list numbers, which Markdown counts itself
]


@pytest.fixture(params=FOLDERS)
def files(request, histories):
    return sorted((histories / request.param).glob("*.md"))


@pytest.mark.parametrize("place", PLACES)
def test_a_real_policy_keeps_its_words(files, place):
    path = files[round(place * (len(files) - 1))]
    outline = read_outline(path.read_bytes(), path.name)
    assert len(outline.clauses) >= 3
    assert outline.title
    source = words_of_source(path.read_text("utf-8"))
    assert (source - words_of(outline)).total() <= 0.01 * source.total()


def test_the_number_of_a_heading_is_split_off(histories):
    path = sorted((histories / "github-terms-of-service").glob("*.md"))[-1]
    clauses = read_outline(path.read_bytes(), path.name).clauses
    assert [c.number for c in clauses if c.level == 1 and c.number] == list("ABCDEFGHIJKLMNOPQR")


def words_of(outline):
    texts = [outline.title]
    for clause in outline.clauses:
        texts += [clause.number, clause.heading, to_text(clause.body)]
    return Counter(WORD.findall("\n".join(texts)))


def words_of_source(source):
    for pattern in NO_TEXT:
        source = re.sub(pattern, " ", source, flags=re.DOTALL)
    return Counter(WORD.findall(unescape(source)))
