"""A named person answers for those who could not be told; then the publication is decided."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents import queries
from documents.actions.append_entry import append_entry
from documents.actions.clear_publication import clear_publication, counted, decision_on
from documents.actions.requirements import require_text
from documents.actions.reschedule_publication import lock_movable
from documents.errors import NothingToSignOff
from documents.evidence.canonical import plain
from documents.models import Actor, SignOff
from documents.models.publications import State
from documents.permissions import require
from documents.promises import Decision
from legalcms import clock


@transaction.atomic
def sign_off_failures(*, publication_id, reason, by):
    """reason: why the change may take effect all the same. Returns the Publication."""
    publication = lock_movable(publication_id)
    require(by, "publish", publication.publisher)
    reason = require_text(reason, "reason", _("Say why it may take effect all the same."))
    evidence = queries.clearance_evidence(publication)
    is_open = publication.state(clock.now()) == State.PENDING
    if publication.sign_off_asked_at is None or not is_open:
        raise NothingToSignOff()
    if evidence is None or decision_on(publication, evidence) is not Decision.SIGN_OFF:
        raise NothingToSignOff()
    actor = Actor.of(by)
    sign_off = SignOff.objects.create(
        publication=publication,
        counted=plain(counted(evidence)),
        reason=reason,
        signed_at=clock.now(),
        signed_by=actor.key,
    )
    append_entry(
        publisher=publication.publisher,
        kind="publication.signed_off",
        payload=sign_off.logged(),
        actor=actor,
        publication=publication,
    )
    return clear_publication(publication_id=publication.pk, evidence=evidence)
