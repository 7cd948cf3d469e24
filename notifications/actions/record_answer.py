"""Write down what a mail server answered, or that it did not."""

from django.db import transaction

from legalcms import clock
from notifications.actions.claim import waiting_state
from notifications.models import Attempt, Delivery
from notifications.models.deliveries import DeliveryState, Outcome
from notifications.schedule import GIVE_UP_AFTER, retry_at


@transaction.atomic
def record_answer(*, delivery, attempt_id, answer):
    """answer: a mailer.Answer. A worker whose lease ran out changes the attempt alone."""
    now = clock.now()
    Attempt.objects.filter(pk=attempt_id, finished_at__isnull=True).update(
        finished_at=now, outcome=answer.outcome, code=answer.code
    )
    return Delivery.objects.filter(
        pk=delivery.pk, token=delivery.token, state=DeliveryState.ATTEMPTING
    ).update(**changes(delivery, answer, now), token="", lease_until=None)


def changes(delivery, answer, now):
    """What an answer makes of a delivery: new values of its fields."""
    tried = delivery.tried + 1
    if answer.outcome == Outcome.ACCEPTED:
        return {
            "state": DeliveryState.ACCEPTED,
            "tried": tried,
            "accepted_at": now,
            "settled_at": now,
            "reason": answer.code,
        }
    if answer.outcome == Outcome.FAILED:
        return {
            "state": DeliveryState.FAILED,
            "tried": tried,
            "settled_at": now,
            "reason": answer.code,
        }
    if answer.outcome == Outcome.UNKNOWN:
        return lost_answer(delivery, now)
    if answer.outcome == Outcome.NOT_SENT:
        return {"state": waiting_state(delivery), "due_at": now}
    if now - delivery.notice.opened_at > GIVE_UP_AFTER:
        return {
            "state": DeliveryState.FAILED,
            "tried": tried,
            "settled_at": now,
            "reason": f"gave up: {answer.code}",
        }
    return {
        "state": DeliveryState.DEFERRED,
        "tried": tried,
        "due_at": retry_at(tried, now, delivery.pk),
        "reason": answer.code,
    }


def lost_answer(delivery, now):
    """The first time: send again once, with the same Message-ID. The second: settled."""
    tried = delivery.tried + 1
    if delivery.possible_duplicate:
        return {
            "state": DeliveryState.RESENT,
            "tried": tried,
            "settled_at": now,
            "reason": "answer lost twice",
        }
    return {
        "state": DeliveryState.UNKNOWN,
        "tried": tried,
        "possible_duplicate": True,
        "due_at": retry_at(tried, now, delivery.pk),
        "reason": "answer lost",
    }
