"""Propose a draft for publication: bind its hash, its date and what must be told together."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from documents import queries
from documents.actions import requirements
from documents.actions.append_entry import append_entry
from documents.actions.editing import lock_policy
from documents.actions.timetable import Plan, earliest_effect, timetable
from documents.comparison import Significance
from documents.evidence.canonical import digest
from documents.models import Actor, Publication
from documents.permissions import require
from documents.promises import Channel, Effect, Ground, to_record
from documents.workflow import cancel_approval
from legalcms import clock


@dataclass(frozen=True)
class ClaimedException:
    """Why a change goes without the promised notice.

    source: the law, order or finding that it rests on. affected: the keys of
    the clauses that it covers; no other clause may change with them.
    """

    ground: Ground
    source: str
    affected: tuple[str, ...]


@transaction.atomic
def propose_publication(
    *,
    policy,
    significance: Significance,
    summary,
    draft_sha256,
    by,
    effect: Effect | None = None,
    channels=None,
    exception: ClaimedException | None = None,
):
    """Returns a Publication that is not announced; an earlier proposal of the policy is discarded.

    effect None: as early as is allowed. channels None: the first that keep the promise.
    """
    require(by, "publish", policy.publisher)
    now = clock.now()
    draft = lock_policy(policy.pk).draft()
    requirements.require_draft_unchanged(draft, draft_sha256)
    require_ready(draft, significance, exception, now)
    presets = queries.presets_of(draft)
    ground = exception.ground if exception else None
    if effect is None:
        effect = earliest_effect(draft, significance, presets, now, ground)
    plan = Plan(significance, effect, channels, ground)
    promise = queries.promise_in_force(draft, now)
    proposal = {
        "format": 2,
        "policy": str(policy.key),
        "draft_sha256": draft_sha256,
        "effective": effect.local,
        "significance": significance.value,
        "summary": summary.strip(),
        "promise_sha256": digest(to_record(promise)) if promise else "",
        "presets": presets,
        "channels": [c.value for c in timetable(draft, plan, presets, now).channels],
        "exception": exception_record(exception),
    }
    discard_proposals(policy, now, by)
    actor = Actor.of(by)
    publication = Publication.objects.create(
        publisher=policy.publisher,
        proposal=proposal,
        proposal_sha256=digest(proposal),
        proposed_at=now,
        proposed_by=actor.key,
    )
    append_entry(
        publisher=policy.publisher,
        kind="proposal.made",
        payload={"policy": str(policy.key), "proposal_sha256": publication.proposal_sha256},
        actor=actor,
        publication=publication,
    )
    return publication


def exception_record(exception):
    if exception is None:
        return None
    source = requirements.require_text(
        exception.source, "source", _("Say what it rests on: the law, the order, the finding.")
    )
    return {
        "ground": exception.ground.value,
        "source": source,
        "affected": sorted(exception.affected),
    }


def require_ready(draft, significance, exception, now):
    """What must hold of a draft when it is proposed, and again when it is published."""
    requirements.require_clauses(draft)
    requirements.require_promise_in_text(draft)
    requirements.require_promise_reviewed(draft)
    if exception:
        requirements.require_only_affected(draft, exception.affected, now)
    else:
        requirements.require_none_pending(draft, now)
    requirements.require_change(draft, now)
    requirements.require_not_below_judgement(draft, significance, now)


def require_publishable(draft, proposal, now):
    """Every check of a proposal once more. Returns the Timetable that announcing it now sets."""
    requirements.require_draft_unchanged(draft, proposal["draft_sha256"])
    significance = Significance(proposal["significance"])
    require_ready(draft, significance, exception_of(proposal), now)
    return timetable(draft, plan_of(proposal), proposal["presets"], now)


def plan_of(proposal):
    """The Plan that a proposal binds."""
    exception = exception_of(proposal)
    return Plan(
        Significance(proposal["significance"]),
        Effect.parse(proposal["effective"]),
        tuple(map(Channel, proposal["channels"])),
        exception.ground if exception else None,
    )


def exception_of(proposal):
    """The ClaimedException that a proposal binds, or None."""
    record = proposal["exception"]
    if record is None:
        return None
    return ClaimedException(Ground(record["ground"]), record["source"], tuple(record["affected"]))


def discard_proposals(policy, now, by):
    """A policy has one open proposal; a new one takes the place of the old, and of its workflow."""
    if queries.proposals(policy).update(discarded_at=now):
        cancel_approval(policy, by=by)
