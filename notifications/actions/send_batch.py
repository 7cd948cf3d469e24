"""Send what is due: claim, commit, send, record. Nothing goes out inside a transaction."""

import hashlib
import logging

from django.db import transaction
from django.db.models import Q

from legalcms import clock
from notifications import breaker
from notifications.actions.claim import claim, due, release
from notifications.actions.record_answer import record_answer
from notifications.mailer import Answer, MailServer, MailServerUnavailable, SenderRefused
from notifications.messages import mail_for
from notifications.mime import build
from notifications.models import Attempt, Delivery
from notifications.models.deliveries import DeliveryState, Outcome
from notifications.schedule import LEASE

logger = logging.getLogger(__name__)
BATCH = 50


def send_batch(*, limit=BATCH, keep_going=lambda: True):
    """Send up to ``limit`` due deliveries. Returns how many were tried.

    keep_going: asked before each message; when it answers no, the rest is given back.
    """
    if breaker.SERVER in breaker.closed_to() or not due(clock.now()).exists():
        return 0
    try:
        with MailServer() as server:
            tried = _send_claimed(server, claim(limit=limit), keep_going)
    except MailServerUnavailable as problem:
        breaker.trip(breaker.SERVER, problem)
        logger.warning("Mail server out of reach: %s", problem)
        return 0
    if tried:
        breaker.reset(breaker.SERVER)
    return tried


def _send_claimed(server, deliveries, keep_going):
    """Send one after the other. Returns how many were dealt with."""
    done, refused = 0, set()
    for position, delivery in enumerate(deliveries):
        if not keep_going():
            release(deliveries[position:])
            break
        sender = sender_of(delivery)
        if sender in refused:
            release([delivery])
            continue
        try:
            was_answered = _send_one(server, delivery)
        except MailServerUnavailable:
            release(deliveries[position + 1 :])
            raise
        except SenderRefused as problem:
            refused.add(sender)
            breaker.trip(sender, problem)
            logger.warning("Delivery %s: %s", delivery.pk, problem)
        else:
            done += 1
            if was_answered:
                breaker.reset(sender)
    return done


def sender_of(delivery):
    return delivery.notice.publication.publisher.sender_email


def _send_one(server, delivery):
    """One attempt: the row first, then the wire, then the answer. True if the server answered."""
    now = clock.now()  # one instant in the mail and in the record: its bytes can be made again
    try:
        raw = build(mail_for(delivery, now))
    except ValueError:
        logger.warning("Delivery %s cannot be written as a mail", delivery.pk)
        raw = None
    attempt = _begin(delivery, raw, now)
    if attempt is None:
        return False
    if raw is None:
        answer = Answer(Outcome.FAILED, "not a valid mail")
    else:
        answer = _send(server, delivery, raw, attempt)
    record_answer(delivery=delivery, attempt=attempt, answer=answer, hop=server.hop)
    return raw is not None


def _send(server, delivery, raw, attempt):
    try:
        return server.send(raw, sender=sender_of(delivery), recipient=delivery.recipient.email)
    except (MailServerUnavailable, SenderRefused):
        record_answer(delivery=delivery, attempt=attempt, answer=Answer(Outcome.NOT_SENT, ""))
        raise


@transaction.atomic
def _begin(delivery, raw, now):
    """Commit the attempt before the wire. None if it may not be sent any more.

    That is: the claim is lost, the notice closed or paused, or its deadline passed.
    """
    ours = Delivery.objects.filter(
        Q(notice__deadline_at__isnull=True) | Q(notice__deadline_at__gt=now),
        pk=delivery.pk,
        token=delivery.token,
        state=DeliveryState.CLAIMED,
        notice__closed_at__isnull=True,
        notice__paused_at__isnull=True,
    ).update(state=DeliveryState.ATTEMPTING, lease_until=now + LEASE)
    if not ours:
        return None
    return Attempt.objects.create(
        delivery=delivery,
        started_at=now,
        sent_sha256=hashlib.sha256(raw).hexdigest() if raw else "",
    )
