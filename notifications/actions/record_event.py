"""What came back after a mail server had accepted a message: delivered, bounced, complained.

A relay's acceptance is confirmed or undone by it. A delivery that is already
settled stays as it is; the event stands beside it, that one person is listed as
not reached, and nothing else is opened again. Reports come in any order: the
latest by the time of its event is the one that counts.
"""

from datetime import timedelta

from django.db import transaction

from documents.actions.append_entry import append_entry
from documents.errors import NotFound
from legalcms import clock
from notifications.actions.list_unreached import list_reported
from notifications.errors import AnswerOutstanding
from notifications.models import Attempt, Delivery, DeliveryEvent
from notifications.models.deliveries import LAST_WORDS, RETURNED, DeliveryState, EventKind

ANSWER_WITHIN = timedelta(minutes=5)


@transaction.atomic
def record_event(*, message_id, kind, happened_at, code="", publisher=None, told_as=""):
    """Returns the DeliveryEvent; told twice, it is recorded once.

    publisher: whose messages are meant; None where the report proves itself.
    told_as: SHA-256 of the report's own name. Raises NotFound, and
    AnswerOutstanding while our own record of the message may still be on its way.
    """
    now = clock.now()
    delivery = lock_sent(message_id, publisher)
    require_answered(delivery, now)
    event, is_new = note(delivery, kind, min(happened_at, now), code[:40], told_as, now)
    if not is_new:
        return event
    if delivery.state == DeliveryState.RELAYED:
        _settle(delivery, kind, code, now)
    elif delivery.settled_at and kind in RETURNED and is_last_word(event):
        _record_late_bounce(delivery, event)
    if kind == EventKind.COMPLAINED or (kind in RETURNED and is_last_word(event)):
        list_reported(delivery=delivery, event=event)
    return event


def lock_sent(message_id, publisher):
    """The Delivery of a message that was tried at least once, locked. Raises NotFound."""
    ours = Delivery.objects.filter(message_id=message_id)
    if publisher is not None:
        ours = ours.filter(notice__publication__publisher=publisher)
    delivery = ours.select_for_update(of=("self",)).first()
    if delivery is None or not delivery.attempts.exists():
        raise NotFound(what="message", name=message_id, known="those that were sent")
    return delivery


def require_answered(delivery, now):
    """Raise AnswerOutstanding: a provider may be quicker than our own commit."""
    since = now - ANSWER_WITHIN
    if Attempt.objects.filter(delivery=delivery, finished_at=None, started_at__gt=since).exists():
        raise AnswerOutstanding()


def note(delivery, kind, happened_at, code, told_as, now):
    """(the DeliveryEvent, whether it is new). The delivery is locked: nobody notes beside us."""
    known = DeliveryEvent.objects.filter(told_as=told_as).first() if told_as else None
    if known is not None:
        return known, False
    return DeliveryEvent.objects.get_or_create(
        delivery=delivery,
        kind=kind,
        happened_at=happened_at,
        defaults={"code": code, "recorded_at": now, "told_as": told_as},
    )


def is_last_word(event):
    """Whether nothing that happened later says how the delivery ended."""
    events = DeliveryEvent.objects.filter(delivery=event.delivery_id, kind__in=LAST_WORDS)
    return not events.filter(happened_at__gt=event.happened_at).exists()


def _settle(delivery, kind, code, now):
    if kind == EventKind.DELIVERED:
        delivery.state = DeliveryState.ACCEPTED
    elif kind in RETURNED:
        delivery.state, delivery.reason = DeliveryState.FAILED, f"{kind} {code}".strip()[:60]
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
