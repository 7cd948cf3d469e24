"""What happens when a Wagtail workflow is approved: an approval on record, and nothing goes live.

Wagtail would publish the latest revision, whichever was approved. Here the
approval binds to the open proposal, if its draft is the text that was
approved; the text still leaves through publish_version.
"""

import logging

from documents import queries
from documents.actions.approve_proposal import approve_proposal
from documents.errors import LegalCMSError
from documents.models import Policy

logger = logging.getLogger(__name__)


def approve_by_workflow(workflow_state, user=None):
    """workflow_state: the Wagtail workflow that has just been approved in full, by this user."""
    policy = workflow_state.content_object.specific
    if not isinstance(policy, Policy) or user is None:
        return
    proposal = queries.proposals(policy).first()
    if proposal is None:
        return
    approved = workflow_state.current_task_state.revision.as_object()
    if approved.draft_sha256() != proposal.proposal["draft_sha256"]:
        return
    try:
        approve_proposal(proposal_id=proposal.pk, proposal_sha256=proposal.proposal_sha256, by=user)
    except LegalCMSError as error:
        # Wagtail has no way to hear of it; the proposal's screen says that it still waits.
        logger.warning("Proposal %s is not approved by its workflow: %s", proposal.pk, error)
