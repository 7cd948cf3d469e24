"""The five seed policies against their oracle: every clause, exactly.

The texts and the oracle are no part of this repository: see the fixture.
"""

import json
from datetime import date

import pytest

from documents.importing.reading import read_outline
from documents.markup import to_text

SEEDS = [
    "000_946d598092d21a9a.txt",
    "001_e2513381f95221e1.txt",
    "002_b9c07ae91e37ee92.txt",
    "003_e217d3743a5c36fc.txt",
    "004_ce8bd86e4dabc272.txt",
]


@pytest.fixture(params=SEEDS)
def seed(request, seeds):
    """(outline, oracle) of one seed."""
    oracle = json.loads((seeds / "outlines" / f"{request.param}.json").read_text("utf-8"))
    return read_outline((seeds / request.param).read_bytes(), request.param), oracle


def test_every_clause_is_the_oracles(seed):
    outline, oracle = seed
    assert [found(clause) for clause in outline.clauses] == [
        expected(clause) for clause in oracle["clauses"]
    ]


def test_every_level_is_one_that_the_oracle_allows(seed):
    outline, oracle = seed
    wrong = [
        (clause.heading, clause.level, wanted["level_alternatives"])
        for clause, wanted in zip(outline.clauses, oracle["clauses"], strict=True)
        if clause.level not in wanted["level_alternatives"]
    ]
    assert wrong == []


def test_title_date_residue_and_copies_are_the_oracles(seed):
    outline, oracle = seed
    assert outline.title == (oracle["title"] or "")
    assert outline.metadata.get("amended_on") == oracle["amended_date"]
    assert [(list(r.lines), r.text) for r in outline.residue] == [
        (r["lines"], r["text"]) for r in oracle["residue"]
    ]
    copies = [tuple(copy["lines"]) for copy in oracle["copies"]]
    assert list(outline.copies) == (copies if len(copies) > 1 else [])


def test_dates_are_iso(seed):
    outline, _ = seed
    for name, value in outline.metadata.items():
        assert not name.endswith("_on") or date.fromisoformat(value)


def found(clause):
    lines = [without_mark(line) for line in to_text(clause.body).split("\n")]
    return {
        "number": clause.number,
        "heading": spaced(clause.heading),
        "first": " ".join(lines[0].split()[:6]),
        "last": " ".join(lines[-1].split()[-6:]),
        "lines": clause.lines,
    }


def expected(clause):
    return {
        "number": clause["number"] or "",
        "heading": spaced(clause["heading"] or ""),
        "first": spaced(clause["first_words"]),
        "last": spaced(clause["last_words"]),
        "lines": (clause["line_start"], clause["line_end"]),
    }


def without_mark(line):
    mark, _, rest = line.strip().partition(" ")
    return rest if mark == "•" or mark.rstrip(".").isdecimal() else line


def spaced(text):
    return text.replace("\u00a0", " ")
