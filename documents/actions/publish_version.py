"""The one door to publishing: freeze the draft, announce it, open its notice."""

from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from documents import queries
from documents.actions.append_entry import append_entry
from documents.actions.editing import lock_policy
from documents.actions.freezing import freeze
from documents.actions.propose_publication import require_publishable
from documents.actions.requirements import effective_instant
from documents.comparison import Significance
from documents.errors import NotPending
from documents.evidence.canonical import digest
from documents.models import Actor, Policy, Publication
from documents.permissions import require
from documents.promises import notice_deadline, notice_required
from documents.signals import publication_announced
from legalcms import clock


@transaction.atomic
def publish_version(*, proposal_id, by):
    """Announce a proposal. Returns its Publication, cleared at once if nobody must be told."""
    publication = lock_proposal(proposal_id)
    require(by, "publish", publication.publisher)
    policy = lock_policy(Policy.objects.get(key=publication.proposal["policy"]).pk)
    now, draft, actor = clock.now(), policy.draft(), Actor.of(by)
    require_publishable(draft, publication.proposal, now)
    version = freeze(draft, publication, now, actor)
    announce(publication, policy, version, now)
    make_live(policy, now)
    log(
        instance=policy,
        action="documents.version.publish",
        user=by,
        data={"number": version.number},
    )
    append_entry(
        publisher=publication.publisher,
        kind="version.published",
        payload=published_payload(publication, version),
        actor=actor,
        publication=publication,
    )
    publication_announced.send(Publication, publication=publication)
    return publication


def lock_proposal(proposal_id):
    """The proposal's row, locked, its hash checked. Raises NotPending if it was announced."""
    publication = Publication.objects.select_for_update().get(pk=proposal_id)
    if publication.announced_at is not None:
        raise NotPending(state=publication.state(clock.now()).label)
    if digest(publication.proposal) != publication.proposal_sha256:
        raise ValueError(f"proposal {proposal_id} does not match its hash")
    return publication


def announce(publication, policy, version, now):
    """Set the timetable. The promise that judges the change is the one in force."""
    zone, proposal = publication.publisher.zone, publication.proposal
    promise = queries.promise_in_force(policy, now)
    publication.announced_at = now
    publication.effective_at = effective_instant(
        date.fromisoformat(proposal["effective_on"]), now, zone
    )
    publication.notice_required = notice_required(promise, Significance(version.significance))
    if publication.notice_required:
        publication.deadline_at = notice_deadline(promise, publication.effective_at, zone)
    else:
        publication.cleared_at = now
    publication.save()


def make_live(policy, now):
    """Let Wagtail list the page from the first announcement on. It decides nothing."""
    Policy.objects.filter(pk=policy.pk, live=False).update(live=True, first_published_at=now)
    Policy.objects.filter(pk=policy.pk).update(last_published_at=now)


def published_payload(publication, version):
    return {
        "policy": str(version.policy.key),
        "number": version.number,
        "version_sha256": version.sha256,
        "draft_sha256": version.draft_sha256,
        "proposal_sha256": publication.proposal_sha256,
        "significance": version.significance,
        "effective_at": publication.effective_at,
        "notice_required": publication.notice_required,
        "deadline_at": publication.deadline_at,
    }
