"""Real changes, judged by reading them, against what the comparison proposes.

labelled_changes.json holds a digest of each change and its label, none of its words. A label says:
material, where it could matter to somebody's rights, duties, data, money or recourse; minor, where
the meaning is touched but nobody would decide otherwise; editorial, where it says the same. The
rules were tuned on one part; the other was labelled afterwards, and nothing was changed for it.
"""

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from documents.comparison import Significance, compare
from documents.comparison.significance import propose

from .test_histories import states

LABELS = json.loads((Path(__file__).parent / "labelled_changes.json").read_text("utf-8"))
RECALL = 0.98  # of material changes, that are proposed as such


@pytest.fixture(scope="module")
def confusion(histories):
    """How often each (label, proposal) occurs."""
    counts = Counter()
    for row in LABELS:
        paths = (
            next((histories / row["history"]).glob(f"{row[side]:03}_*.md"))
            for side in ("old", "new")
        )
        redline = compare(*map(states, paths))
        change = next(each for each in redline.changed if digest(each) == row["digest"])
        proposal = propose(change, redline.new_numbers)
        counts[row["label"], proposal.level.value] += 1
    return counts


def digest(change):
    sides = "\0".join(side.text if side else "" for side in (change.old, change.new))
    return sha256(sides.encode()).hexdigest()[:12]


def test_hardly_a_material_change_is_proposed_as_less(confusion):
    material = sum(count for (label, _), count in confusion.items() if label == "material")
    assert material >= 70
    assert confusion["material", "material"] >= RECALL * material, table(confusion)


def test_the_proposal_is_worth_reading(confusion):
    """Calling everything material would find every material change, and help nobody."""
    less = [count for (label, _), count in confusion.items() if label == "editorial"]
    told = sum(confusion["editorial", level] for level in ("editorial", "minor"))
    assert told >= 0.8 * sum(less), table(confusion)


def table(confusion):
    levels = [level.value for level in Significance]
    return "\n".join(
        f"{label}: {[confusion[label, level] for level in levels]}" for label in levels
    )
