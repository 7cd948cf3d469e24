"""What was counted of a publication, by channel: the ClearanceEvidence that documents asks for.

Only the newest round counts: a new date is told to everyone anew.
"""

from django.db.models import Count, Max, Min

from documents.evidence import merkle
from documents.evidence.canonical import canonical
from documents.promises import ClearanceEvidence, DisplayEvidence, MailEvidence
from notifications.models import Attempt, Delivery
from notifications.models.deliveries import UNSETTLED, DeliveryState, Outcome

LEAF_FIELDS = (
    "commitment",
    "message_id",
    "state",
    "reason",
    "accepted_at",
    "possible_duplicate",
    "sent_sha256",
)


def of(publication, counted=None):
    """The evidence as it stands now. counted: MailEvidence by id of notices just counted."""
    notice = publication.notices.counted().order_by("round").last()
    display = publication.displays.order_by("round").last()
    return ClearanceEvidence(
        mail=((counted or {}).get(notice.pk) or count(notice)) if notice else None,
        display=seen(display) if display else None,
    )


def count(notice, lines=None):
    """The MailEvidence of one notice. lines: its ``leaves``, for whoever watches them pass."""
    deliveries = Delivery.objects.filter(notice=notice)
    by_state = dict(deliveries.values_list("state").annotate(n=Count("pk")))
    accepted = deliveries.aggregate(first=Min("accepted_at"), last=Max("accepted_at"))
    dispatched = Attempt.objects.filter(delivery__notice=notice, outcome=Outcome.ACCEPTED)
    unsettled = sum(by_state.get(state, 0) for state in UNSETTLED)
    return MailEvidence(
        planned=sum(by_state.values()),
        accepted=by_state.get(DeliveryState.ACCEPTED, 0),
        resent=by_state.get(DeliveryState.RESENT, 0),
        failed=by_state.get(DeliveryState.FAILED, 0),
        excluded=by_state.get(DeliveryState.EXCLUDED, 0),
        unsettled=unsettled + (notice.fanned_out_at is None),
        first_told_at=accepted["first"],
        last_dispatched_at=dispatched.aggregate(last=Max("started_at"))["last"],
        last_accepted_at=accepted["last"],
        deliveries_root=merkle.root(leaves(notice) if lines is None else lines),
    )


def leaves(notice):
    """One line of proof per person, without the address, in the order of their ids."""
    about = {
        "publication": notice.publication_id,
        "round": notice.round,
        "messages": dict(notice.messages.values_list("language", "sha256")),
    }
    rows = Delivery.objects.filter(notice=notice).order_by("pk").values(*LEAF_FIELDS)
    return (canonical(about | row) for row in rows.iterator(chunk_size=2000))


def seen(display):
    """The DisplayEvidence of one site notice."""
    sightings = display.sightings
    return DisplayEvidence(
        url=display.url,
        notice_sha256=display.notice_sha256,
        first_seen_at=sightings.filter(was_seen=True).aggregate(at=Min("looked_at"))["at"],
        seen=sightings.filter(was_seen=True).count(),
        missed=sightings.filter(was_seen=False).count(),
    )
