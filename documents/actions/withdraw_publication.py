"""Take a publication back before it takes effect. Its versions stay on record as withdrawn."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.append_entry import append_entry
from documents.actions.requirements import require_text
from documents.actions.reschedule_publication import lock_movable
from documents.evidence.canonical import digest
from documents.models import Actor, Publication
from documents.permissions import require
from documents.signals import publication_withdrawn
from legalcms import clock


@transaction.atomic
def withdraw_publication(*, publication_id, reason, by):
    """reason: free text for the team; the log, which is never erased, holds its hash."""
    publication = lock_movable(publication_id)
    require(by, "publish", publication.publisher)
    reason = require_text(reason, "reason", _("Say why it is withdrawn."))
    publication.withdrawn_at, publication.withdrawal_reason = clock.now(), reason
    publication.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    append_entry(
        publisher=publication.publisher,
        kind="publication.withdrawn",
        payload={"publication": publication.pk, "reason_sha256": digest(reason)},
        actor=Actor.of(by),
        publication=publication,
    )
    publication_withdrawn.send(Publication, publication=publication)
    return publication
