"""When every delivery of a notice is settled: count, seal, and let the publication be decided."""

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q

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
    """Seal every notice that needs nothing more. Returns their number."""
    unsettled = Delivery.objects.filter(notice=OuterRef("pk"), settled_at__isnull=True)
    complete = Notice.objects.filter(
        ~Exists(unsettled),
        Q(fanned_out_at__isnull=False) | Q(closed_at__isnull=False),
        sealed_at__isnull=True,
    )
    return sum(settle_notice(notice_id=pk) for pk in list(complete.values_list("pk", flat=True)))


@transaction.atomic
def settle_notice(*, notice_id):
    """Seal a notice in the log and, if it was open, let its publication be decided.

    True if it was sealed now. One that was closed before its end is sealed too:
    whoever it reached has a line of proof.
    """
    # The publication first, in the same order as whoever moves or withdraws it.
    Publication.objects.select_for_update(of=("self",)).get(notices=notice_id)
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    evidence = count(notice)
    if notice.sealed_at is not None or evidence.unsettled:
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
            "planned": evidence.planned,
            "accepted": evidence.accepted,
            "deliveries_root": evidence.deliveries_root,
        },
        publication=notice.publication,
    )
    if was_open and notice.kind != Kind.WITHDRAWAL:
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
        deliveries_root=merkle.root(leaves(notice)),
    )


LEAF_FIELDS = (
    "commitment",
    "message_id",
    "state",
    "reason",
    "accepted_at",
    "possible_duplicate",
    "sent_sha256",
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
