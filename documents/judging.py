"""How much each change of a draft matters: as the comparison proposes, or as people decided."""

from dataclasses import dataclass

from documents.comparison import ClauseChange, Proposal, Reason, Significance
from documents.comparison.significance import propose
from documents.evidence.canonical import digest
from documents.models import SignificanceDecision

DETAILS = ""  # the key of what stands outside the clauses


@dataclass(frozen=True)
class Judgement:
    """One change with its proposal and, if there is one, the decision about this very change.

    key: of the clause, or DETAILS, which has no ClauseChange.
    """

    key: str
    change_sha256: str
    change: ClauseChange | None
    proposal: Proposal
    decision: SignificanceDecision | None = None

    @property
    def level(self):
        return self.decision.significance if self.decision else self.proposal.level


def judgements(policy, redline, version, draft):
    """A Judgement for each changed clause, in reading order; what stands outside them first.

    redline: of the draft against the version; version: in force, or None.
    """
    decisions = _decisions(policy)
    changes = [*_details(version, draft), *_clauses(redline.changed, redline)]
    return [Judgement(*each, decisions.get(each[:2])) for each in changes]


def levels(policy, redline):
    """For each change of a redline its Significance, and whether people decided it."""
    decisions = _decisions(policy)
    judged = [
        Judgement(*each, decisions.get(each[:2])) for each in _clauses(redline.changes, redline)
    ]
    return [(each.level, each.decision is not None) for each in judged]


def _decisions(policy):
    """The decisions of a policy by the clause and the very change that they are about."""
    found = SignificanceDecision.objects.filter(policy_id=policy.pk)
    return {(each.key, each.change_sha256): each for each in found}


def highest(judged):
    """The significance of a whole text: the highest of its changes."""
    return max((each.level for each in judged), default=Significance.EDITORIAL)


def _clauses(changes, redline):
    for change in changes:
        proposal = propose(change, redline.new_numbers)
        yield change.clause.key, _change_sha256(change, proposal.level), change, proposal


def _change_sha256(change, level):
    """Of the words on both sides, what happened to them, and how much that seemed to matter.

    A change that is proposed as graver than it was, for a reference no longer follows its target,
    asks for a new decision.
    """
    sides = [[one.heading, one.body] if one else None for one in (change.old, change.new)]
    return digest([*sides, [outcome.value for outcome in change.outcomes], level.value])


def _details(version, draft):
    """Another title, legal entity, contact or promise is material, whatever the clauses say."""
    if version and version.details() != draft.details():
        proposal = Proposal(Significance.MATERIAL, (Reason("details_changed"),))
        yield DETAILS, digest([version.details(), draft.details()]), None, proposal
