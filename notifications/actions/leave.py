"""Someone is no longer to be told. What is not on the wire yet will not be sent.

Followers who follow a text go on doing so: that is theirs to end.
"""

from django.db import transaction

from documents.permissions import require
from legalcms import clock
from notifications.models import Recipient


@transaction.atomic
def leave(*, recipient_id, by):
    recipient = Recipient.objects.select_for_update().get(pk=recipient_id)
    require(by, "manage_recipients", recipient.publisher)
    if recipient.left_at is None:
        recipient.left_at = clock.now()
        recipient._history_user = by
        recipient.save(update_fields=["left_at"])
    return recipient
