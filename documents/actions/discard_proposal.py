"""Take a proposal back before it is announced. Nobody was told, and nothing changes."""

from django.db import transaction

from documents import queries
from documents.actions.append_entry import append_entry
from documents.actions.publish_version import lock_proposal
from documents.models import Actor
from documents.permissions import require
from documents.workflow import cancel_approval
from legalcms import clock


@transaction.atomic
def discard_proposal(*, proposal_id, by):
    """Returns the proposal."""
    publication = lock_proposal(proposal_id)
    require(by, "publish", publication.publisher)
    policy = queries.policy_of(publication)
    publication.discarded_at = clock.now()
    publication.save(update_fields=["discarded_at"])
    cancel_approval(policy, by=by)
    append_entry(
        publisher=publication.publisher,
        kind="proposal.discarded",
        payload={"policy": str(policy.key), "proposal_sha256": publication.proposal_sha256},
        actor=Actor.of(by),
        publication=publication,
    )
    return publication
