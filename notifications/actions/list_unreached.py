"""List who was not reached, with what stands in for the mail; and spare addresses that are dead.

Only a code that says so makes an address dead. A complaint about mail that
people must be sent is listed, and stops none of it.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef

from documents.evidence.commitment import commitment
from documents.promises import Channel
from legalcms import clock
from notifications.models import Delivery, Notice, Recipient, Unreached
from notifications.models.deliveries import DeliveryState, EventKind
from notifications.models.unreached import Fallback, Why
from notifications.status_codes import says_address_is_dead

BATCH = 200


def list_reported(*, delivery, event):
    """By an event that came back. Inside the transaction that records it."""
    _list(delivery, Why(event.kind), event.code, event.recorded_at)


def list_refused():
    """Everyone whom a mail server refused for good. Returns their number.

    A notice is done with once it is sealed and all its failures are listed.
    """
    unlisted = Notice.objects.filter(unreached_listed_at__isnull=True)
    return sum(_list_of(notice) for notice in unlisted.select_related("publication"))


def _list_of(notice):
    was_sealed = notice.sealed_at is not None  # read before the rows: no failure comes after it
    listed = Unreached.objects.filter(delivery=OuterRef("pk")).exclude(why=Why.COMPLAINED)
    failed = Delivery.objects.filter(
        ~Exists(listed), notice=notice, state=DeliveryState.FAILED
    ).order_by("pk")
    count = 0
    while ids := list(failed.values_list("pk", flat=True)[:BATCH]):
        count += _list_batch(ids)
    if was_sealed:
        Notice.objects.filter(pk=notice.pk).update(unreached_listed_at=clock.now())
    return count


@transaction.atomic
def _list_batch(ids):
    now = clock.now()
    rows = Delivery.objects.filter(pk__in=ids).select_for_update(of=("self",))
    rows = rows.select_related("recipient", "notice__publication")
    return sum(_list(delivery, Why.REFUSED, delivery.reason, now) for delivery in rows)


def _list(delivery, why, code, now):
    """Returns whether the person was not listed for this cause yet."""
    suppresses = why != EventKind.COMPLAINED and says_address_is_dead(code)
    suppresses = suppresses and is_still_address(delivery)
    _row, is_new = Unreached.objects.get_or_create(
        delivery=delivery,
        why=why,
        defaults={
            "code": code,
            "fallback": fallback(delivery.notice.publication),
            "suppresses": suppresses,
            "noted_at": now,
        },
    )
    if is_new and suppresses:
        people = Recipient.objects.filter(pk=delivery.recipient_id, suppressed_at__isnull=True)
        people.update(suppressed_at=now)
    return is_new


def is_still_address(delivery):
    """Whether the person's address is the one that the mail went to."""
    person = delivery.recipient
    if person.erased_at is not None:
        return False
    return commitment(person.email, person.salt) == delivery.commitment


def fallback(publication):
    """What of the channels that the promise was kept by stands in for the mail."""
    if Channel.SITE_NOTICE in publication.told_by:
        return Fallback.SITE_NOTICE
    return Fallback.NONE
