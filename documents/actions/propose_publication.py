"""Propose a draft for publication: bind its hash, its date and its summary together."""

from datetime import date

from django.db import transaction

from documents import queries
from documents.actions import requirements
from documents.actions.editing import lock_policy
from documents.comparison import Significance
from documents.evidence.canonical import digest
from documents.models import Actor, Publication
from documents.permissions import require
from documents.promises import earliest_effective_on
from legalcms import clock


@transaction.atomic
def propose_publication(
    *, policy, significance: Significance, summary, draft_sha256, by, effective_on: date | None
):
    """Returns a Publication that is not announced. No date: the earliest that is allowed."""
    require(by, "publish", policy.publisher)
    now = clock.now()
    draft = lock_policy(policy.pk).draft()
    requirements.require_draft_unchanged(draft, draft_sha256)
    promise = queries.promise_in_force(policy, now)
    if effective_on is None:
        effective_on = earliest_effective_on(promise, significance, now, policy.publisher.zone)
    proposal = {
        "policy": str(policy.key),
        "draft_sha256": draft_sha256,
        "effective_on": effective_on.isoformat(),
        "significance": significance.value,
        "summary": summary.strip(),
    }
    require_publishable(draft, proposal, now)
    return Publication.objects.create(
        publisher=policy.publisher,
        proposal=proposal,
        proposal_sha256=digest(proposal),
        proposed_at=now,
        proposed_by=Actor.of(by).key,
    )


def require_publishable(draft, proposal, now):
    """Every check that a proposal must pass, when it is made and again when it is published."""
    significance = Significance(proposal["significance"])
    promise = queries.promise_in_force(draft, now)
    requirements.require_draft_unchanged(draft, proposal["draft_sha256"])
    requirements.require_clauses(draft)
    requirements.require_promise_in_text(draft)
    requirements.require_none_pending(draft, now)
    requirements.require_change(draft, now)
    requirements.require_date_allowed(
        draft, promise, significance, date.fromisoformat(proposal["effective_on"]), now
    )
    requirements.require_audience(draft, promise, significance)
