"""Decide whether the promise for a publication is kept: clear it, hold it, or wait."""

from dataclasses import asdict

from django.db import transaction

from documents.actions.append_entry import append_entry
from documents.models import Publication
from documents.promises import HoldReason, reason_to_hold
from documents.signals import publication_held
from legalcms import clock


@transaction.atomic
def clear_publication(*, publication_id, evidence):
    """evidence: a promises.ClearanceEvidence, counted by whoever told people.

    Returns the Publication; does nothing if it is already decided.
    """
    publication = Publication.objects.select_for_update().get(pk=publication_id)
    if not _undecided(publication):
        return publication
    now = clock.now()
    reason = reason_to_hold(evidence, publication.deadline_at)
    if reason is None and now > publication.effective_at:
        reason = HoldReason.OVERDUE
    if reason is not None:
        return _hold(publication, reason, now, asdict(evidence))
    publication.cleared_at = now
    publication.save(update_fields=["cleared_at"])
    _record(publication, "publication.cleared", asdict(evidence))
    return publication


@transaction.atomic
def hold_overdue_publication(*, publication_id):
    """Hold a publication whose deadline passed before everyone was told."""
    publication = Publication.objects.select_for_update().get(pk=publication_id)
    now = clock.now()
    if _undecided(publication) and publication.deadline_at <= now:
        _hold(publication, HoldReason.OVERDUE, now, {})
    return publication


def _undecided(publication):
    return (
        publication.announced_at is not None
        and publication.cleared_at is None
        and publication.held_at is None
        and publication.withdrawn_at is None
    )


def _hold(publication, reason, now, counted):
    publication.held_at, publication.hold_reason = now, reason.value
    publication.save(update_fields=["held_at", "hold_reason"])
    _record(publication, "publication.held", {"reason": reason.value, **counted})
    publication_held.send(Publication, publication=publication)
    return publication


def _record(publication, kind, payload):
    append_entry(
        publisher=publication.publisher,
        kind=kind,
        payload={"publication": publication.pk, **payload},
        publication=publication,
    )
