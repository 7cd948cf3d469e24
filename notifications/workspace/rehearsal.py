"""What announcing a policy's draft now would tell people, with nothing written.

The same functions set the date, number and hash as when it is announced, on rows that are never
saved. What can still differ is what exists only afterwards: see docs/notices.md.
"""

import copy

from documents import queries
from documents.actions.announcing import set_announced
from documents.actions.freezing import version_of
from documents.actions.propose_publication import require_publishable
from documents.actions.timetable import Plan, earliest_effect, timetable
from documents.models import Publication
from notifications.messages import Occasion
from notifications.messages.occasions import kind_of_announcement


def rehearsal(policy, at):
    """The Occasion of announcing the open proposal now, or the draft where none is open.

    A draft is taken with the significance and the date that the screen proposes, and no summary.
    Raises what stands in the way of announcing it.
    """
    draft = policy.draft()
    publication = open_proposal(draft) or _proposed(draft, at)
    set_announced(publication, require_publishable(draft, publication.proposal, at), at)
    return Occasion(
        kind=kind_of_announcement(publication),
        round=1,
        publication=publication,
        version=version_of(draft, publication),
        clauses=draft.states(),
        told_at=at,
    )


def open_proposal(draft):
    """A copy of the open proposal, if it is about the draft as it stands."""
    proposal = queries.proposals(draft).first()
    if proposal is None or proposal.proposal["draft_sha256"] != draft.draft_sha256():
        return None
    return copy.copy(proposal)


def _proposed(draft, at):
    redline = queries.draft_redline(draft, at)
    significance = queries.proposed_significance(draft, redline, at)
    presets = queries.presets_of(draft)
    plan = Plan(significance, earliest_effect(draft, significance, presets, at))
    proposal = {
        "draft_sha256": draft.draft_sha256(),
        "effective": plan.effect.local,
        "significance": significance.value,
        "summary": "",
        "presets": presets,
        "channels": [each.value for each in timetable(draft, plan, presets, at).channels],
        "exception": None,
    }
    return Publication(publisher=draft.publisher, proposal=proposal)
