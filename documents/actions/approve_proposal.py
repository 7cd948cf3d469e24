"""A second person's yes to a proposal, bound to its hash: any change of it voids the yes."""

from django.db import transaction

from documents import queries
from documents.actions.append_entry import append_entry
from documents.actions.editing import lock_policy
from documents.actions.publish_version import lock_proposal
from documents.actions.requirements import require_draft_unchanged, require_other_person
from documents.errors import StaleProposal
from documents.models import Actor, Approval
from documents.permissions import require
from legalcms import clock


@transaction.atomic
def approve_proposal(*, proposal_id, proposal_sha256, by):
    """proposal_sha256: of what the person looked at. Returns the Approval; one for each person."""
    publication = lock_proposal(proposal_id)
    require(by, "approve", publication.publisher)
    if publication.proposal_sha256 != proposal_sha256:
        raise StaleProposal()
    actor = Actor.of(by)
    require_other_person(actor, publication.proposed_by)
    draft = lock_policy(queries.policy_of(publication).pk).draft()
    require_draft_unchanged(draft, publication.proposal["draft_sha256"])
    approval, is_new = Approval.objects.get_or_create(
        publication=publication,
        approved_by=actor.key,
        defaults={"proposal_sha256": proposal_sha256, "approved_at": clock.now()},
    )
    if is_new:
        append_entry(
            publisher=publication.publisher,
            kind="proposal.approved",
            payload=approval.logged(),
            actor=actor,
            publication=publication,
        )
    return approval
