"""Write down what a mail server answered, or that it did not."""

from collections import Counter, defaultdict

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from legalcms import clock
from notifications.actions.claim import waiting_state
from notifications.actions.pause_failing import count_answers
from notifications.models import Attempt, Delivery
from notifications.models.deliveries import DeliveryState, Outcome
from notifications.models.in_bulk import among
from notifications.schedule import CONTENT_TRIES, GIVE_UP_AFTER, retry_at

CONTENT = " 5.7."  # RFC 3463, section 3.8: refused by policy, whoever it is for


@transaction.atomic(savepoint=False)
def record_answers(tried, *, hop=""):
    """End the open attempts of one claim. Returns how many deliveries were still ours.

    tried: (Delivery, mailer.Answer) pairs; hop: the server that gave the answers.
    A worker whose lease ran out changes nothing: its attempts were ended for it.
    """
    if not tried:
        return 0
    now = clock.now()
    ours = _lock(tried)
    tried = [(delivery, answer) for delivery, answer in tried if delivery.pk in ours]
    for answer, values, deliveries in _grouped(tried, now):
        _end(deliveries, answer, values, hop, now)
    for notice, answers in _by_notice(tried).items():
        count_answers(notice=notice, answers=answers)
    return len(ours)


def _lock(tried):
    """The ids of what is still under this claim. Deliveries first, in the same order as recover."""
    return set(
        Delivery.objects.filter(
            pk__in=among([delivery.pk for delivery, _answer in tried]),
            token=tried[0][0].token,
            state=DeliveryState.ATTEMPTING,
        )
        .order_by("pk")
        .select_for_update()
        .values_list("pk", flat=True)
    )


def _grouped(tried, now):
    """(answer, new values, deliveries): what becomes of all in one group is the same."""
    groups = defaultdict(list)
    for delivery, answer in tried:
        own = delivery.pk if answer.outcome not in SAME_FOR_ALL or is_content(answer) else None
        groups[answer, delivery.tried, own].append(delivery)
    for (answer, _tried, _own), deliveries in groups.items():
        yield answer, changes(deliveries[0], answer, now), deliveries


SAME_FOR_ALL = (Outcome.ACCEPTED, Outcome.FAILED)


def _end(deliveries, answer, values, hop, now):
    keys = among([delivery.pk for delivery in deliveries])
    attempts = Attempt.objects.filter(delivery__in=keys, finished_at__isnull=True)
    Delivery.objects.filter(pk__in=keys).update(**values, token="", lease_until=None)
    attempts.update(finished_at=now, outcome=answer.outcome, code=answer.code, hop=hop)


def _by_notice(tried):
    notices = {delivery.notice_id: delivery.notice for delivery, _answer in tried}
    answers = {notices[pk]: Counter() for pk in sorted(notices)}  # one order for all workers
    for delivery, answer in tried:
        answers[notices[delivery.notice_id]][_sort(answer)] += 1
    return answers


def _sort(answer):
    if answer.outcome == Outcome.FAILED:
        return "blocked" if is_content(answer) else "bounced"
    return "accepted" if answer.outcome == Outcome.ACCEPTED else "open"


def is_content(answer):
    """Whether the server refuses what the message says, and not the person."""
    return answer.outcome == Outcome.FAILED and CONTENT in answer.code


def changes(delivery, answer, now):
    """What an answer makes of a delivery: new values of its fields."""
    tried = delivery.tried + 1
    if answer.outcome == Outcome.ACCEPTED:
        sent = Attempt.objects.filter(delivery=OuterRef("pk"), finished_at__isnull=True)
        return accepted(tried, answer.code, now) | {
            "accepted_at": now,
            "sent_sha256": Subquery(sent.values("sent_sha256")[:1]),
        }
    if answer.outcome == Outcome.FAILED and not may_yet_pass(delivery, answer):
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


def may_yet_pass(delivery, answer):
    """What was refused for its content is tried again, for the cause may be put right."""
    if not is_content(answer):
        return False
    earlier = delivery.attempts.filter(outcome=Outcome.FAILED, code__contains=CONTENT)
    return earlier.count() < CONTENT_TRIES - 1


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
