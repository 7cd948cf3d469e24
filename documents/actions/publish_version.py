"""The one door to publishing: freeze the draft, announce it, open its notice."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from documents import queries
from documents.actions.announcing import announce, make_live
from documents.actions.editing import lock_policy
from documents.actions.propose_publication import require_publishable
from documents.actions.requirements import require_approved
from documents.actions.set_aside import bring_back, set_aside
from documents.errors import NotPending
from documents.evidence.canonical import digest
from documents.models import Actor, Publication
from documents.permissions import require
from documents.signals import publication_announced
from documents.workflow import cancel_approval
from legalcms import clock


@transaction.atomic
def publish_version(*, proposal_id, by):
    """Announce a proposal. Returns its Publication, cleared at once if nobody must be told first.

    An urgent fix sets a pending publication aside and, where it can, brings it
    back on top of the fix, with its date and its notice.
    """
    publication = lock_proposal(proposal_id)
    require(by, "publish", publication.publisher)
    policy = lock_policy(queries.policy_of(publication).pk)
    now, draft, actor = clock.now(), policy.draft(), Actor.of(by)
    require_approved(publication, now)
    timetable = require_publishable(draft, publication.proposal, now)
    cancel_approval(policy, by=by)  # one that went on beside an approval given elsewhere
    aside = set_aside(policy, now, actor)
    announce(publication, draft, timetable, now, actor)
    make_live(policy, now)
    log(instance=policy, action="documents.version.publish", user=by)
    publication_announced.send(Publication, publication=publication)
    if aside:
        bring_back(aside, policy, now, by)
    return publication


def lock_proposal(proposal_id):
    """The proposal's row, locked, its hash checked. Raises NotPending if it was announced."""
    publication = Publication.objects.select_for_update().get(pk=proposal_id)
    if publication.announced_at is not None or publication.discarded_at is not None:
        state = publication.state(clock.now()).label
        raise NotPending(_("This proposal is no longer open (it is: %(state)s)."), state=state)
    if digest(publication.proposal) != publication.proposal_sha256:
        raise ValueError(f"proposal {proposal_id} does not match its hash")
    return publication
