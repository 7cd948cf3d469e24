"""Write down what a mail server answered, or that it did not."""

from django.conf import settings
from django.db import transaction

from legalcms import clock
from notifications.actions.claim import waiting_state
from notifications.models import Attempt, Delivery
from notifications.models.deliveries import DeliveryState, Outcome
from notifications.schedule import GIVE_UP_AFTER, retry_at


@transaction.atomic
def record_answer(*, delivery, attempt, answer, hop=""):
    """answer: a mailer.Answer; hop: the server that gave it.

    A worker whose lease ran out changes its attempt alone.
    """
    now = clock.now()
    values = changes(delivery, attempt, answer, now)
    # The delivery first, in the same order as recover().
    ours = Delivery.objects.filter(
        pk=delivery.pk, token=delivery.token, state=DeliveryState.ATTEMPTING
    ).update(**values, token="", lease_until=None)
    Attempt.objects.filter(pk=attempt.pk, finished_at__isnull=True).update(
        finished_at=now, outcome=answer.outcome, code=answer.code, hop=hop
    )
    return ours


def changes(delivery, attempt, answer, now):
    """What an answer makes of a delivery: new values of its fields."""
    tried = delivery.tried + 1
    if answer.outcome == Outcome.ACCEPTED:
        return accepted(tried, answer.code, now) | {
            "accepted_at": now,
            "sent_sha256": attempt.sent_sha256,
        }
    if answer.outcome == Outcome.FAILED:
        return settled(DeliveryState.FAILED, tried, answer.code, now)
    if answer.outcome == Outcome.UNKNOWN:
        return lost_answer(delivery, now)
    if answer.outcome == Outcome.NOT_SENT:
        return {"state": waiting_state(delivery), "due_at": now}
    if has_been_long(delivery, now):
        return settled(DeliveryState.FAILED, tried, f"gave up: {answer.code}", now)
    return {
        "state": DeliveryState.DEFERRED,
        "tried": tried,
        "due_at": retry_at(tried, now, delivery.pk),
        "reason": answer.code,
    }


def accepted(tried, code, now):
    """A relay's word is not the last one: it counts once it has been quiet for some days."""
    if settings.RELAY_QUIET_DAYS:
        return {"state": DeliveryState.RELAYED, "tried": tried, "reason": code}
    return settled(DeliveryState.ACCEPTED, tried, code, now)


def settled(state, tried, reason, now):
    return {"state": state, "tried": tried, "settled_at": now, "reason": reason}


def has_been_long(delivery, now):
    """Whether to give a deferred delivery up. Never while a promise waits for it."""
    if delivery.notice.deadline_at is not None:
        return False
    first = delivery.attempts.order_by("pk").first()
    return now - first.started_at > GIVE_UP_AFTER


def lost_answer(delivery, now):
    """The first time: send again once, with the same Message-ID. The second: settled."""
    tried = delivery.tried + 1
    if delivery.possible_duplicate:
        return settled(DeliveryState.RESENT, tried, "answer lost twice", now)
    return {
        "state": DeliveryState.UNKNOWN,
        "tried": tried,
        "possible_duplicate": True,
        "due_at": retry_at(tried, now, delivery.pk),
        "reason": "answer lost",
    }
