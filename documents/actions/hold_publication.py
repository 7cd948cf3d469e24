"""Hold a publication by hand. It takes effect only once somebody gives it a new date."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.append_entry import append_entry
from documents.actions.requirements import require_text
from documents.actions.reschedule_publication import lock_movable
from documents.errors import NotPending
from documents.evidence.canonical import digest
from documents.models import Actor, Publication
from documents.models.publications import State
from documents.permissions import require
from documents.promises import HoldReason
from documents.signals import publication_held
from legalcms import clock


@transaction.atomic
def hold_publication(*, publication_id, reason, by):
    """reason: free text for the team; the log holds its hash. Notices under way stop."""
    publication = lock_movable(publication_id)
    require(by, "publish", publication.publisher)
    now = clock.now()
    if publication.state(now) == State.HELD:
        raise NotPending(state=State.HELD.label)
    reason = require_text(reason, "reason", _("Say why it is held."))
    publication.held_at, publication.cleared_at = now, None
    publication.hold_reason, publication.hold_note = HoldReason.BY_HAND.value, reason
    publication.save()
    append_entry(
        publisher=publication.publisher,
        kind="publication.held",
        payload={
            "publication": publication.pk,
            "reason": HoldReason.BY_HAND.value,
            "note_sha256": digest(reason),
        },
        actor=Actor.of(by),
        publication=publication,
    )
    publication_held.send(Publication, publication=publication)
    return publication
