"""Write down that messages are about to go over the wire, before they do."""

from django.db import transaction

from notifications.actions.claim import may_go_out, release
from notifications.mime import NEWEST
from notifications.models import Attempt, Delivery, Notice
from notifications.models.deliveries import DeliveryState
from notifications.models.in_bulk import among, insert_rows
from notifications.schedule import LEASE


@transaction.atomic(savepoint=False)
def begin_attempts(letters, now):
    """One open Attempt each, with the hash of its bytes. Returns the letters that may be sent.

    letters: mailer.Letters of one claim. Left out are those whose claim is lost,
    and those whose notice was closed, paused or has passed its deadline.
    """
    if not letters:
        return []
    ours = Delivery.objects.filter(
        pk__in=among([letter.delivery.pk for letter in letters]), token=letters[0].delivery.token
    )
    number = ours.filter(
        state=DeliveryState.CLAIMED, notice__in=Notice.objects.filter(may_go_out(now))
    ).update(state=DeliveryState.ATTEMPTING, lease_until=now + LEASE)
    if number < len(letters):
        letters = _begun(letters, ours)
    rows = [(letter.delivery.pk, letter.sha256) for letter in letters]
    insert_rows(Attempt, ("delivery_id", "sent_sha256"), rows, started_at=now, recipe=NEWEST)
    return letters


def _begun(letters, ours):
    """Those that are on the wire now; the others are given back."""
    begun = set(ours.filter(state=DeliveryState.ATTEMPTING).values_list("pk", flat=True))
    release([letter.delivery for letter in letters if letter.delivery.pk not in begun])
    return [letter for letter in letters if letter.delivery.pk in begun]
