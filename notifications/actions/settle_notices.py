"""When every delivery of a notice is settled: count, seal, and let the publication be decided."""

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef

from documents.actions.append_entry import append_entry
from documents.actions.clear_publication import clear_publication, hold_overdue_publication
from documents.evidence import merkle
from documents.evidence.canonical import canonical
from documents.models import Publication
from documents.promises import ClearanceEvidence
from legalcms import clock
from notifications.actions.close_notice import close
from notifications.models import Delivery, Notice
from notifications.models.deliveries import DeliveryState
from notifications.models.notices import Kind


def hold_overdue():
    """Hold publications whose deadline passed before everyone was told. Returns their number."""
    overdue = Publication.objects.open().filter(held_at__isnull=True, deadline_at__lte=clock.now())
    ids = list(overdue.values_list("pk", flat=True))
    for pk in ids:
        hold_overdue_publication(publication_id=pk)
    return len(ids)


def settle_notices():
    """Close every notice that needs nothing more. Returns their number."""
    unsettled = Delivery.objects.filter(notice=OuterRef("pk"), settled_at__isnull=True)
    complete = Notice.objects.filter(
        ~Exists(unsettled), fanned_out_at__isnull=False, closed_at__isnull=True
    )
    return sum(settle_notice(notice_id=pk) for pk in list(complete.values_list("pk", flat=True)))


@transaction.atomic
def settle_notice(*, notice_id):
    """True if the notice was closed now."""
    # The publication first, in the same order as whoever moves or withdraws it.
    Publication.objects.select_for_update(of=("self",)).get(notices=notice_id)
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    evidence = count(notice)
    if notice.closed_at is not None or evidence.unsettled:
        return False
    close(notice, "settled", clock.now())
    append_entry(
        publisher=notice.publication.publisher,
        kind="notice.settled",
        payload={
            "publication": notice.publication_id,
            "round": notice.round,
            "deliveries_root": evidence.deliveries_root,
        },
        publication=notice.publication,
    )
    if notice.kind != Kind.WITHDRAWAL:
        clear_publication(publication_id=notice.publication_id, evidence=evidence)
    return True


def count(notice):
    """The ClearanceEvidence of a notice as it stands."""
    deliveries = Delivery.objects.filter(notice=notice)
    by_state = dict(deliveries.values_list("state").annotate(n=Count("pk")))
    settled = {
        name: by_state.get(state, 0)
        for name, state in {
            "accepted": DeliveryState.ACCEPTED,
            "resent": DeliveryState.RESENT,
            "failed": DeliveryState.FAILED,
            "excluded": DeliveryState.EXCLUDED,
        }.items()
    }
    planned = sum(by_state.values())
    return ClearanceEvidence(
        planned=planned,
        **settled,
        unsettled=planned - sum(settled.values()),
        last_accepted_at=deliveries.aggregate(last=Max("accepted_at"))["last"],
        deliveries_root=merkle.root([leaf(delivery) for delivery in deliveries.order_by("pk")]),
    )


def leaf(delivery):
    """One person's line of proof, without the address."""
    return canonical(
        {
            "commitment": delivery.commitment,
            "message_id": delivery.message_id,
            "state": delivery.state,
            "reason": delivery.reason,
            "accepted_at": delivery.accepted_at,
            "possible_duplicate": delivery.possible_duplicate,
        }
    )
