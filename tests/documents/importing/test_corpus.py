"""Every version of the real policies: all of it imports, and clauses stay who they are.

The histories are no part of this repository: see the fixture.
"""

from dataclasses import replace
from itertools import pairwise

import pytest

from documents.importing.accounting import EMPTY, UNACCOUNTED, account
from documents.importing.matching import match, state_of
from documents.importing.reading import read_outline

pytestmark = pytest.mark.slow

FOLDERS = [
    "37signals-privacy",
    "37signals-terms",
    "github-acceptable-use",
    "github-privacy-statement",
    "github-terms-of-service",
]


@pytest.fixture(params=FOLDERS)
def outlines(request, histories):
    paths = sorted((histories / request.param).glob("*.md"))
    return [read_outline(path.read_bytes(), path.name) for path in paths]


def test_every_line_of_every_version_is_accounted_for(outlines):
    for outline in outlines:
        accounts = account(outline)
        assert len(accounts) == len(outline.source)
        assert not [each.line for each in accounts if each.kind == UNACCOUNTED]
        empty = {each.line for each in accounts if each.kind == EMPTY}
        assert not any(outline.source[line - 1].strip() for line in empty)


def test_clauses_with_the_same_text_keep_their_key_from_version_to_version(outlines):
    states = [replace(state_of(each), key=str(n)) for n, each in enumerate(outlines[0].clauses)]
    for before, outline in pairwise(outlines):
        found = match(outline.clauses, states)
        texts = {state.key: (state.heading, state.body) for state in states}
        pairs = [*zip(outline.clauses, found, strict=True)]
        same = [one for new, one in pairs if one and _text(new) == texts[one.key]]
        assert len(same) == _shared(before.clauses, outline.clauses)
        assert all(one.is_sure for one in same)
        states = [
            replace(state_of(new), key=one.key if one else f"{len(texts)}-{n}")
            for n, (new, one) in enumerate(pairs)
        ]


def _text(clause):
    return clause.heading, clause.body


def _shared(old, new):
    """How many clauses of the two have the same text, each counted once."""
    left = [_text(each) for each in old]
    shared = 0
    for text in map(_text, new):
        if text in left:
            left.remove(text)
            shared += 1
    return shared
