"""When every delivery of a notice is settled: count, seal, and let the publication be decided."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from documents.actions.append_entry import append_entry
from documents.actions.clear_publication import clear_publication, hold_overdue_publication
from documents.models import Publication
from documents.promises import Channel
from legalcms import clock
from notifications import evidence
from notifications.actions.close_notice import close
from notifications.models import Delivery, DeliveryEvent, Notice
from notifications.models.deliveries import RETURNED, UNDER_WAY, WAITING, DeliveryState


def hold_overdue():
    """Hold publications whose deadline passed before everyone was told. Returns their number.

    Those that wait for no more than a relay's quiet days, or for a signature,
    have until their date.
    """
    overdue = Publication.objects.open().filter(
        held_at__isnull=True, deadline_at__lte=clock.now(), sign_off_asked_at__isnull=True
    )
    late = [publication.pk for publication in overdue if not is_told(publication)]
    for pk in late:
        hold_overdue_publication(publication_id=pk)
    return len(late)


def is_told(publication):
    """Whether nothing is left to send, and what must be seen was seen."""
    if Channel.SITE_NOTICE in publication.told_by:
        display = publication.displays.order_by("round").last()
        if not display.sightings.filter(was_seen=True).exists():
            return False
    if Channel.EMAIL not in publication.told_by:
        return True
    notice = publication.notices.counted().order_by("round").last()
    unsent = Delivery.objects.filter(notice=notice, state__in=(*WAITING, *UNDER_WAY))
    return notice is not None and notice.fanned_out_at is not None and not unsent.exists()


def confirm_relayed():
    """A relay that has been quiet for long enough is believed. Returns the number of deliveries."""
    now = clock.now()
    quiet_since = now - timedelta(days=settings.RELAY_QUIET_DAYS)
    relayed = Delivery.objects.filter(state=DeliveryState.RELAYED, accepted_at__lte=quiet_since)
    # Told of while the first answer was lost: the second acceptance does not undo it.
    returned = DeliveryEvent.objects.filter(delivery=OuterRef("pk"), kind__in=RETURNED)
    bounced = relayed.filter(Exists(returned)).update(
        state=DeliveryState.FAILED, reason="bounced", settled_at=now
    )
    return bounced + relayed.update(state=DeliveryState.ACCEPTED, settled_at=now)


def settle_notices():
    """Seal every notice that needs nothing more. Returns their number."""
    unsettled = Delivery.objects.filter(notice=OuterRef("pk"), settled_at__isnull=True)
    complete = Notice.objects.filter(
        ~Exists(unsettled),
        Q(fanned_out_at__isnull=False) | Q(closed_at__isnull=False),
        sealed_at__isnull=True,
    )
    return sum(settle_notice(notice_id=pk) for pk in list(complete.values_list("pk", flat=True)))


def settle_notice(*, notice_id):
    """Seal a notice in the log and, if it was open, let its publication be decided.

    True if it was sealed now. One that was closed before its end is sealed too:
    whoever it reached has a line of proof. The lines are read before the
    transaction, for there may be a million: what is settled does not change.
    """
    notice = Notice.objects.get(pk=notice_id)
    if notice.deliveries.filter(settled_at__isnull=True).exists():
        return False
    return _seal(notice_id, evidence.count(notice))


@transaction.atomic
def _seal(notice_id, counted):
    # The publication first, in the same order as whoever moves or withdraws it.
    Publication.objects.select_for_update(of=("self",)).get(notices=notice_id)
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.sealed_at is not None or notice.deliveries.count() != counted.planned:
        return False
    was_open = notice.closed_at is None
    now = clock.now()
    if was_open:
        close(notice, "settled", now)
    notice.sealed_at = now
    notice.save(update_fields=["sealed_at"])
    append_entry(
        publisher=notice.publication.publisher,
        kind="notice.settled",
        payload={
            "publication": notice.publication_id,
            "round": notice.round,
            "closed": notice.close_reason,
            "planned": counted.planned,
            "accepted": counted.accepted,
            "resent": counted.resent,
            "failed": counted.failed,
            "excluded": counted.excluded,
            "last_accepted_at": counted.last_accepted_at,
            "deliveries_root": counted.deliveries_root,
        },
        publication=notice.publication,
    )
    if was_open and notice.is_counted:
        found = evidence.of(notice.publication, {notice.pk: counted})
        clear_publication(publication_id=notice.publication_id, evidence=found)
    return True
