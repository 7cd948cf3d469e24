"""Stop writing to an address that does not work or is not to be used, and begin again."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.requirements import require_text
from documents.errors import InvalidInput
from documents.permissions import require
from legalcms import clock
from notifications.actions.add_recipients import lock_recipients
from notifications.models import Recipient


@transaction.atomic
def suppress_recipient(*, recipient_id, reason, by):
    """reason: why, in a line without the person's data. by: a user, or None for the system.

    Returns the Recipient. Suppressed twice, the first reason stands.
    """
    person = lock_person(recipient_id, by)
    reason = require_text(reason, "reason", _("Say why nothing is to be sent."))[:200]
    if person.suppressed_at is None:
        person.suppressed_at, person.suppressed_reason = clock.now(), reason
        person.save(update_fields=["suppressed_at", "suppressed_reason"])
    return person


@transaction.atomic
def lift_suppression(*, recipient_id, by):
    """Returns the Recipient, who is told again from the next notice on."""
    person = lock_person(recipient_id, by)
    if person.suppressed_at is not None:
        person.suppressed_at, person.suppressed_reason = None, ""
        person.save(update_fields=["suppressed_at", "suppressed_reason"])
    return person


def lock_person(recipient_id, by):
    """A person who was not erased, with whoever acts noted for the history."""
    person = Recipient.objects.select_related("publisher").get(pk=recipient_id)
    lock_recipients(person.publisher)
    if by is not None:
        require(by, "manage_recipients", person.publisher)
    person = Recipient.objects.select_for_update().get(pk=recipient_id)
    if person.erased_at is not None:
        raise InvalidInput(field="recipient", problem=_("This person was erased."))
    person._history_user = by
    return person
