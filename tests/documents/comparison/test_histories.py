"""Real policies as they changed over the years: the guarantees hold there too."""

from functools import cache
from itertools import pairwise

import pytest

from documents.comparison import ClauseState, EditKind, Outcome, compare
from documents.importing.reading import read_outline

FOLDERS = [
    "37signals-privacy",
    "37signals-terms",
    "github-acceptable-use",
    "github-privacy-statement",
    "github-terms-of-service",
]


@cache
def states(path):
    """The clauses of a file, which has no keys."""
    outline = read_outline(path.read_bytes(), path.name)
    return [ClauseState("", c.level, c.number, c.heading, c.body) for c in outline.clauses]


def spelled(change, without):
    return "".join(edit.text for edit in change.edits if edit.kind is not without)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_real_change_spells_both_texts(histories, folder):
    files = sorted((histories / folder).glob("*.md"))
    for old, new in [*pairwise(files), (files[0], files[-1]), (files[-1], files[0])]:
        changes = compare(states(old), states(new)).changes
        assert [c.new for c in changes if c.new] == states(new)
        assert sum(c.old is not None for c in changes) == len(states(old))
        for change in changes:
            assert spelled(change, EditKind.INSERT) == (change.old.text if change.old else "")
            assert spelled(change, EditKind.DELETE) == (change.new.text if change.new else "")


@pytest.mark.parametrize("folder", FOLDERS)
def test_most_clauses_of_a_real_change_are_known_again(histories, folder):
    """A person sees one clause changed, not one removed and one added."""
    pairs = pairwise(sorted((histories / folder).glob("*.md")))
    counts = [compare(states(old), states(new)).counts for old, new in pairs]
    known = sum(each[Outcome.CHANGED] for each in counts)
    lost = sum(min(each[Outcome.ADDED], each[Outcome.REMOVED]) for each in counts)
    assert known > 4 * lost


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_real_text_does_not_differ_from_itself(histories, folder):
    last = states(max((histories / folder).glob("*.md")))
    assert compare(last, list(last)).is_empty
