"""Give a publication that is held or pending another date, and have people told of it."""

from django.db import transaction

from documents import queries
from documents.actions.announcing import set_timetable
from documents.actions.append_entry import append_entry
from documents.actions.propose_publication import plan_of
from documents.actions.timetable import Plan, timetable
from documents.errors import NotPending
from documents.models import Actor, Publication
from documents.models.publications import State
from documents.permissions import require
from documents.signals import publication_rescheduled
from legalcms import clock


@transaction.atomic
def reschedule_publication(*, publication_id, effect, by):
    """The promise counts from now on, as for a new announcement. Returns the Publication.

    effect: a promises.Effect, later or earlier than what was announced, so long
    as everyone still has the promised notice of it. Less than that takes a
    motion (see motions.py).
    """
    publication = lock_movable(publication_id)
    require(by, "publish", publication.publisher)
    now = clock.now()
    before = publication.effective_at
    set_timetable(publication, new_timetable(publication, effect, now), now)
    publication.save()
    append_entry(
        publisher=publication.publisher,
        kind="publication.rescheduled",
        payload={
            "publication": publication.pk,
            "before": before,
            **publication.timetable(),
        },
        actor=Actor.of(by),
        publication=publication,
    )
    publication_rescheduled.send(Publication, publication=publication)
    return publication


def new_timetable(publication, effect, at):
    """The Timetable of an announced change with another date. Raises what timetable() raises."""
    plan = announced_plan(publication)
    return timetable(
        queries.policy_of(publication),
        Plan(plan.significance, effect, plan.channels, plan.ground),
        publication.proposal.get("presets", []),
        at,
    )


def announced_plan(publication):
    """The Plan behind an announced publication, also of records from before there were channels."""
    proposal = publication.proposal
    defaults = {"effective": "", "exception": None, "channels": publication.channels}
    plan = plan_of(defaults | proposal)
    return plan if plan.channels else Plan(plan.significance, plan.effect, None, plan.ground)


def lock_movable(publication_id):
    """The publication's row, locked. Raises NotPending unless announced and not in force."""
    publication = Publication.objects.select_for_update().get(pk=publication_id)
    state = publication.state(clock.now())
    if state not in {State.PENDING, State.HELD}:
        raise NotPending(state=state.label)
    return publication
