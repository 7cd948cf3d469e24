"""Give a publication that is held or pending another date, and have people told of it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from documents import queries
from documents.actions.append_entry import append_entry
from documents.actions.requirements import (
    effective_instant,
    require_audience,
    require_date_allowed,
)
from documents.comparison import Significance
from documents.errors import DateTooEarly, NotPending
from documents.models import Actor, Publication
from documents.models.publications import State
from documents.permissions import require
from documents.promises import notice_deadline
from documents.signals import publication_rescheduled
from documents.wording import day
from legalcms import clock


@transaction.atomic
def reschedule_publication(*, publication_id, effective_on, by):
    """The promise counts from now on, as for a new announcement. Returns the Publication.

    A date earlier than the one announced is refused: people may rely on it.
    """
    publication = lock_movable(publication_id)
    require(by, "publish", publication.publisher)
    now, zone = clock.now(), publication.publisher.zone
    version = publication.versions.get()
    promise = queries.promise_in_force(version.policy, now)
    require_date_allowed(
        version.policy, promise, Significance(version.significance), effective_on, now
    )
    require_audience(version.policy, promise, Significance(version.significance))
    require_later(publication, effective_on, now)
    before = publication.effective_at
    publication.effective_at = effective_instant(effective_on, now, zone)
    publication.held_at, publication.hold_reason = None, ""
    if publication.notice_required:
        publication.cleared_at = None
        publication.deadline_at = notice_deadline(promise, publication.effective_at, zone)
    publication.save()
    append_entry(
        publisher=publication.publisher,
        kind="publication.rescheduled",
        payload={
            "publication": publication.pk,
            "before": before,
            "effective_at": publication.effective_at,
            "deadline_at": publication.deadline_at,
        },
        actor=Actor.of(by),
        publication=publication,
    )
    publication_rescheduled.send(Publication, publication=publication)
    return publication


def first_later_day(publication, now):
    """People may rely on an announced date. A held publication may keep one that is to come."""
    announced = publication.effective_at.astimezone(publication.publisher.zone).date()
    is_held = publication.state(now) == State.HELD
    return announced if is_held else announced + timedelta(days=1)


def require_later(publication, effective_on, now):
    first = first_later_day(publication, now)
    if effective_on < first:
        raise DateTooEarly(
            asked=day(effective_on),
            earliest=day(first),
            why=_("What was announced can only move to a later day."),
        )


def lock_movable(publication_id):
    """The publication's row, locked. Raises NotPending unless announced and not in force."""
    publication = Publication.objects.select_for_update().get(pk=publication_id)
    state = publication.state(clock.now())
    if state not in {State.PENDING, State.HELD}:
        raise NotPending(state=state.label)
    return publication
