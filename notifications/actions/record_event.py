"""What came back after a mail server had accepted a message: delivered, bounced, complained.

A relay's acceptance is confirmed or undone by it. A delivery that is already
settled stays as it is; the event stands beside it, that one person is listed as
not reached, and nothing else is opened again.
"""

from django.db import transaction

from documents.actions.append_entry import append_entry
from documents.errors import NotFound
from legalcms import clock
from notifications.models import Delivery, DeliveryEvent
from notifications.models.deliveries import DeliveryState, EventKind


@transaction.atomic
def record_event(*, publisher, message_id, kind, happened_at, code=""):
    """Returns the DeliveryEvent; told twice, it is recorded once. Raises NotFound."""
    ours = Delivery.objects.filter(notice__publication__publisher=publisher)
    delivery = ours.select_for_update(of=("self",)).filter(message_id=message_id).first()
    if delivery is None or not delivery.attempts.exists():
        raise NotFound(what="message", name=message_id, known="those that were sent")
    now = clock.now()
    event, is_new = DeliveryEvent.objects.get_or_create(
        delivery=delivery,
        kind=kind,
        happened_at=min(happened_at, now),
        defaults={"code": code[:40], "recorded_at": now},
    )
    if not is_new:
        return event
    if delivery.state == DeliveryState.RELAYED:
        _settle(delivery, kind, code, now)
    elif delivery.settled_at and kind == EventKind.BOUNCED:
        _record_late_bounce(delivery, event)
    return event


def _settle(delivery, kind, code, now):
    if kind == EventKind.DELIVERED:
        delivery.state = DeliveryState.ACCEPTED
    elif kind == EventKind.BOUNCED:
        delivery.state, delivery.reason = DeliveryState.FAILED, f"bounced {code}".strip()[:60]
    else:
        return
    delivery.settled_at = now
    delivery.save(update_fields=["state", "reason", "settled_at"])


def _record_late_bounce(delivery, event):
    publication = delivery.notice.publication
    append_entry(
        publisher=publication.publisher,
        kind="delivery.bounced",
        payload={
            "publication": publication.pk,
            "round": delivery.notice.round,
            "commitment": delivery.commitment,
            "message_id": delivery.message_id,
            "code": event.code,
            "happened_at": event.happened_at,
        },
        publication=publication,
    )
