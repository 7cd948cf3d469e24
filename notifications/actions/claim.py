"""Take due deliveries for one worker, for as long as a lease."""

import secrets
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from legalcms import clock
from notifications import audiences, breaker
from notifications.models import Delivery, Notice
from notifications.models.deliveries import WAITING, DeliveryState
from notifications.models.in_bulk import among
from notifications.models.notices import Stream
from notifications.rates import Rates
from notifications.schedule import LEASE

READ = (
    "notice_id",
    "state",
    "token",
    "tried",
    "possible_duplicate",
    "message_id",
    *(f"recipient__{name}" for name in ("publisher_id", "email", "name", "language")),
    *(f"recipient__{name}_at" for name in ("left", "erased", "suppressed", "purged")),
)


def due_notices(now):
    """Notices with deliveries that may be tried now, the most urgent first."""
    due = Delivery.objects.filter(notice=OuterRef("pk"), state__in=WAITING, due_at__lte=now)
    closed = breaker.closed_to()
    of_followers = "publication__publisher__follower_stream__sender_email__in"
    return (
        Notice.objects.filter(Exists(due), may_go_out(now))
        .exclude(stream=Stream.PROMISED, publication__publisher__sender_email__in=closed)
        .exclude(stream=Stream.FOLLOWERS, **{of_followers: closed})
        .select_related("publication__publisher")
        .prefetch_related("messages")
        .order_by(F("deadline_at").asc(nulls_last=True), "pk")
    )


def may_go_out(now):
    """Whether a Notice is neither closed nor paused, and its deadline has not passed."""
    in_time = Q(deadline_at__isnull=True) | Q(deadline_at__gt=now)
    return in_time & Q(closed_at__isnull=True, paused_at__isnull=True)


def claim(*, limit):
    """Claim up to ``limit`` deliveries; whoever left meanwhile is excluded. Returns Deliveries.

    None only if none may go now: those that were found and may not yet are put off.
    """
    while (claimed := _claim_found(limit)) == []:
        continue
    return claimed or []


@transaction.atomic
def _claim_found(limit):
    """The Deliveries of those found that may go now; None if none was found."""
    now = clock.now()
    rates = Rates(now)
    rows = _due_rows(rates.room(limit), now)
    if not rows:
        return None
    claimed, later = rates.put_off(_exclude(rows, now))
    Delivery.objects.bulk_update(later, ["due_at"])
    rates.take(claimed)
    return _mark(claimed, now)


def _due_rows(limit, now):
    """Tried ones first: they have waited longest. One ordered walk in an index for each state."""
    rows = []
    for notice in due_notices(now):
        for state in (DeliveryState.UNKNOWN, DeliveryState.DEFERRED, DeliveryState.PLANNED):
            if len(rows) < limit:
                rows += _rows_of(notice, state, now, limit - len(rows))
    return rows


def _rows_of(notice, state, now, limit):
    found = (
        Delivery.objects.filter(notice=notice, state=state, due_at__lte=now)
        .select_related("recipient")
        .only(*READ)
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("due_at", "pk")[:limit]
    )
    rows = list(found)
    for delivery in rows:
        delivery.notice = notice
    return rows


def _exclude(rows, now):
    """Settle those who are not to be told. Returns the others."""
    reasons = {row.pk: audiences.exclusion(row) for row in rows}
    for reason in sorted({*filter(None, reasons.values())}):
        excluded = [pk for pk, why in reasons.items() if why == reason]
        Delivery.objects.filter(pk__in=among(excluded)).update(
            state=DeliveryState.EXCLUDED, reason=reason, settled_at=now
        )
    return [row for row in rows if not reasons[row.pk]]


def _mark(claimed, now):
    marks = {
        "state": DeliveryState.CLAIMED,
        "token": secrets.token_hex(16),
        "lease_until": now + LEASE,
        "reason": "",
    }
    Delivery.objects.filter(pk__in=among([delivery.pk for delivery in claimed])).update(**marks)
    for delivery in claimed:
        delivery.__dict__.update(marks)
    return claimed


def release(deliveries):
    """Give back what was claimed and not tried."""
    by_claim = sorted(deliveries, key=lambda each: (each.token, waiting_state(each)))
    for (token, state), group in groupby(by_claim, lambda each: (each.token, waiting_state(each))):
        Delivery.objects.filter(
            pk__in=among([delivery.pk for delivery in group]),
            token=token,
            state=DeliveryState.CLAIMED,
        ).update(state=state, token="", lease_until=None)


def waiting_state(delivery):
    """Where an untried delivery goes back to."""
    if delivery.possible_duplicate:
        return DeliveryState.UNKNOWN
    return DeliveryState.DEFERRED if delivery.tried else DeliveryState.PLANNED
