"""Decide whether the promise for a publication is kept: clear it, hold it, or wait."""

from dataclasses import asdict

from django.db import transaction

from documents.actions.append_entry import append_entry
from documents.models import Publication
from documents.promises import ClockStart, Decision, HoldReason, decide
from documents.signals import publication_held
from legalcms import clock


@transaction.atomic
def clear_publication(*, publication_id, evidence):
    """evidence: a promises.ClearanceEvidence, counted by whoever told people.

    Returns the Publication; does nothing if it is already decided, or if
    something is still missing that may yet come.
    """
    publication = Publication.objects.select_for_update().get(pk=publication_id)
    if not _undecided(publication):
        return publication
    now = clock.now()
    decision = decision_on(publication, evidence)
    if decision in {Decision.LATE, Decision.EARLY}:
        return _hold(publication, HoldReason(decision.value), now, counted(evidence))
    if now > publication.effective_at:
        return _hold(publication, HoldReason.OVERDUE, now, counted(evidence))
    if decision is Decision.SIGN_OFF:
        return _ask_for_sign_off(publication, now, counted(evidence))
    if decision is Decision.CLEAR:
        publication.cleared_at = now
        publication.save(update_fields=["cleared_at"])
        _record(publication, "publication.cleared", {"cleared_at": now, **counted(evidence)})
    return publication


@transaction.atomic
def hold_overdue_publication(*, publication_id):
    """Hold a publication whose deadline passed before everyone was told."""
    publication = Publication.objects.select_for_update().get(pk=publication_id)
    now = clock.now()
    if _undecided(publication) and publication.deadline_at <= now:
        _hold(publication, HoldReason.OVERDUE, now, {})
    return publication


def decision_on(publication, evidence):
    """What promises.decide makes of the evidence, and of a signature given since it was asked."""
    asked_at = publication.sign_off_asked_at
    signed = asked_at and publication.sign_offs.filter(signed_at__gte=asked_at).exists()
    return decide(
        publication.told_by,
        evidence,
        publication.window,
        ClockStart(publication.clock_start or ClockStart.ACCEPTED),
        publication.publisher.failures_allowed,
        is_signed_for=bool(signed),
    )


def counted(evidence):
    """The evidence as the log keeps it."""
    return {name: values for name, values in asdict(evidence).items() if values is not None}


def _undecided(publication):
    return (
        publication.announced_at is not None
        and publication.cleared_at is None
        and publication.held_at is None
        and publication.withdrawn_at is None
    )


def _ask_for_sign_off(publication, now, values):
    if publication.sign_off_asked_at is None:
        publication.sign_off_asked_at = now
        publication.save(update_fields=["sign_off_asked_at"])
        _record(publication, "publication.sign_off_asked", values)
    return publication


def _hold(publication, reason, now, values):
    publication.held_at, publication.hold_reason = now, reason.value
    publication.save(update_fields=["held_at", "hold_reason"])
    _record(publication, "publication.held", {"reason": reason.value, **values})
    publication_held.send(Publication, publication=publication)
    return publication


def _record(publication, kind, payload):
    append_entry(
        publisher=publication.publisher,
        kind=kind,
        payload={"publication": publication.pk, **payload},
        publication=publication,
    )
