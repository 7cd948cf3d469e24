"""Try what was put off at once, instead of when its turn comes."""

from documents.permissions import require
from legalcms import clock
from notifications import breaker
from notifications.errors import NoticeClosed
from notifications.models import Delivery, Notice
from notifications.models.deliveries import DeliveryState

AT_ONCE = 1000  # rows in one transaction
PUT_OFF = (DeliveryState.DEFERRED, DeliveryState.UNKNOWN)


def retry_notice(*, notice_id, by):
    """Try what was put off at once, and the mail server too. Returns the number of deliveries.

    No failure is undone: those that are caused by a server or a network never
    become one, they are put off. Committed in parts: an audience may be large.
    """
    notice = Notice.objects.select_related("publication__publisher").get(pk=notice_id)
    require(by, "publish", notice.publication.publisher)
    if notice.closed_at is not None:
        raise NoticeClosed()
    breaker.reset(breaker.SERVER, notice.publication.publisher.sender_email)
    now, done = clock.now(), 0
    waiting = Delivery.objects.filter(notice=notice, state__in=PUT_OFF, due_at__gt=now)
    while ids := list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        done += waiting.filter(pk__in=ids).update(due_at=now)
    return done
