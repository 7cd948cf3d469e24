"""Take due deliveries for one worker, for as long as a lease."""

import secrets

from django.db import transaction

from legalcms import clock
from notifications import breaker
from notifications.models import Delivery
from notifications.models.deliveries import WAITING, DeliveryState
from notifications.schedule import LEASE


def due(now):
    """Deliveries that may be tried now, the most urgent notice first."""
    return (
        Delivery.objects.filter(
            state__in=WAITING,
            due_at__lte=now,
            notice__closed_at__isnull=True,
            notice__paused_at__isnull=True,
        )
        .exclude(notice__publication__publisher__sender_email__in=breaker.closed_to())
        .order_by("notice__deadline_at", "pk")
    )


@transaction.atomic
def claim(*, limit):
    """Claim up to ``limit`` deliveries; whoever left meanwhile is excluded. Returns Deliveries."""
    now = clock.now()
    rows = list(
        due(now)
        .select_related("recipient", "notice__publication__publisher")
        .select_for_update(skip_locked=True, of=("self",))[:limit]
    )
    token = secrets.token_hex(16)
    claimed = []
    for delivery in rows:
        delivery.reason = delivery.recipient.exclusion
        if delivery.reason:
            delivery.state, delivery.settled_at = DeliveryState.EXCLUDED, now
        else:
            delivery.state, delivery.token = DeliveryState.CLAIMED, token
            delivery.lease_until = now + LEASE
            claimed.append(delivery)
    Delivery.objects.bulk_update(rows, ["state", "reason", "settled_at", "token", "lease_until"])
    return claimed


def release(deliveries):
    """Give back what was claimed and not tried."""
    for delivery in deliveries:
        Delivery.objects.filter(
            pk=delivery.pk, token=delivery.token, state=DeliveryState.CLAIMED
        ).update(state=waiting_state(delivery), token="", lease_until=None)


def waiting_state(delivery):
    """Where an untried delivery goes back to."""
    if delivery.possible_duplicate:
        return DeliveryState.UNKNOWN
    return DeliveryState.DEFERRED if delivery.tried else DeliveryState.PLANNED
