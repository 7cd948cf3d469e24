"""A Redline for programs: plain values that JSON can hold.

    {"summary": {outcome: how many clauses have it, for every outcome},
     "clauses": [{"outcomes": [...],
                  "old": {"number", "heading", "text"}, or null if it was added,
                  "new": the same, or null if it was removed,
                  "edits": [["equal" | "delete" | "insert", text], ...],
                  "significance": {"level", "tags",
                                   "reasons": [{"code", "old", "new"}, ...]}}]}

Every clause is there, unchanged ones too, in the order of the Redline. The
edits without the insertions spell the old text, without the deletions the new
one. An unchanged clause is editorial without a reason, so that all clauses
have the same shape.
"""

from collections.abc import Mapping

from .significance import propose
from .vocabulary import ClauseChange, ClauseState, Outcome, Proposal, Redline, Significance

Values = dict[str, object]

_NOTHING = Proposal(Significance.EDITORIAL, ())


def as_values(redline: Redline) -> Values:
    """The whole redline; json.dumps takes it as it is."""
    counts, numbers = redline.counts, redline.new_numbers
    return {
        "summary": {outcome.value: counts[outcome] for outcome in Outcome},
        "clauses": [_change(change, numbers) for change in redline.changes],
    }


def _change(change: ClauseChange, numbers: Mapping[str, str]) -> Values:
    proposal = _NOTHING if change.is_unchanged else propose(change, numbers)
    return {
        "outcomes": [outcome.value for outcome in change.outcomes],
        "old": change.old and _clause(change.old),
        "new": change.new and _clause(change.new),
        "edits": [[edit.kind.value, edit.text] for edit in change.edits],
        "significance": _significance(proposal),
    }


def _clause(clause: ClauseState) -> Values:
    return {"number": clause.number, "heading": clause.heading, "text": clause.text}


def _significance(proposal: Proposal) -> Values:
    return {
        "level": proposal.level.value,
        "reasons": [
            {"code": reason.code, "old": reason.old, "new": reason.new}
            for reason in proposal.reasons
        ],
        "tags": list(proposal.tags),
    }
