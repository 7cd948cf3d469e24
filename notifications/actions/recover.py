"""Put right what a killed worker left behind. A query, so it can run at any time, by anyone."""

from django.db import transaction

from legalcms import clock
from notifications.actions.claim import waiting_state
from notifications.actions.close_notice import exclude_waiting
from notifications.actions.record_answer import lost_answer
from notifications.models import Attempt, Delivery, Notice
from notifications.models.deliveries import WAITING, DeliveryState, Outcome

BATCH = 500


@transaction.atomic
def recover():
    """Give back expired claims; what was on the wire counts as an answer lost.

    What came back to a notice that was closed meanwhile is excluded. Returns
    how many rows were put right.
    """
    now = clock.now()
    left_behind = Notice.objects.filter(
        closed_at__isnull=False, sealed_at__isnull=True, deliveries__state__in=WAITING
    ).distinct()
    excluded = sum(exclude_waiting(notice, now) for notice in left_behind)
    # The condition of the index alone: whatever has a lease is under way.
    expired = list(
        Delivery.objects.filter(lease_until__lt=now)
        .order_by("pk")
        .select_for_update(skip_locked=True)[:BATCH]
    )
    for delivery in expired:
        if delivery.state == DeliveryState.ATTEMPTING:
            Attempt.objects.filter(delivery=delivery, finished_at__isnull=True).update(
                finished_at=now, outcome=Outcome.UNKNOWN
            )
            values = lost_answer(delivery, now)
        else:
            values = {"state": waiting_state(delivery)}
        Delivery.objects.filter(pk=delivery.pk).update(**values, token="", lease_until=None)
    return len(expired) + excluded
