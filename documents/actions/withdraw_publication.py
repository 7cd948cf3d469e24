"""Take a publication back before it takes effect. Its versions stay on record as withdrawn."""

from django.db import transaction

from documents.actions.append_entry import append_entry
from documents.actions.reschedule_publication import lock_movable
from documents.models import Actor, Publication
from documents.permissions import require
from documents.signals import publication_withdrawn
from legalcms import clock


@transaction.atomic
def withdraw_publication(*, publication_id, reason, by):
    publication = lock_movable(publication_id)
    require(by, "publish", publication.publisher)
    publication.withdrawn_at = clock.now()
    publication.save(update_fields=["withdrawn_at"])
    append_entry(
        publisher=publication.publisher,
        kind="publication.withdrawn",
        payload={"publication": publication.pk, "reason": reason},
        actor=Actor.of(by),
        publication=publication,
    )
    publication_withdrawn.send(Publication, publication=publication)
    return publication
