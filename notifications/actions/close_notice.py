"""Stop a notice: what is not on the wire yet stays unsent, and the record says why."""

from legalcms import clock
from notifications.models import Delivery, Notice
from notifications.models.deliveries import WAITING, DeliveryState


def close_open_notices(*, publication, reason):
    """Close every open notice of a publication; its waiting deliveries are excluded."""
    now = clock.now()
    # Locked first, so that a fan-out under way ends before its rows are looked for.
    open_notices = Notice.objects.filter(publication=publication, closed_at__isnull=True)
    for notice in open_notices.select_for_update():
        close(notice, reason, now)
        exclude_waiting(notice, now)


def exclude_waiting(notice, now):
    """What a closed notice has not sent is settled as excluded. Returns the number."""
    return Delivery.objects.filter(notice=notice, state__in=WAITING).update(
        state=DeliveryState.EXCLUDED, reason=f"notice {notice.close_reason}", settled_at=now
    )


def close(notice, reason, now):
    notice.closed_at, notice.close_reason = now, reason
    notice.save(update_fields=["closed_at", "close_reason"])
