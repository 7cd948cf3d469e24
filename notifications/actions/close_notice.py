"""Stop a notice: what is not on the wire yet stays unsent, and the record says why."""

from legalcms import clock
from notifications.models import Delivery, Notice
from notifications.models.deliveries import WAITING, DeliveryState


def close_open_notices(*, publication, reason):
    """Close every open notice of a publication; its waiting deliveries are excluded."""
    now = clock.now()
    for notice in Notice.objects.filter(publication=publication, closed_at__isnull=True):
        Delivery.objects.filter(notice=notice, state__in=WAITING).update(
            state=DeliveryState.EXCLUDED, reason=f"notice {reason}", settled_at=now
        )
        close(notice, reason, now)


def close(notice, reason, now):
    notice.closed_at, notice.close_reason = now, reason
    notice.save(update_fields=["closed_at", "close_reason"])
