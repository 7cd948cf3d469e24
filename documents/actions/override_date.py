"""Let an announced change take effect earlier than the promise allows: two people, in public.

The record says that the promise was not kept, the public page gives the
reason, and everyone is told of the new date.
"""

from django.db import transaction

from documents import queries
from documents.actions import motions
from documents.actions.append_entry import append_entry
from documents.actions.reschedule_publication import lock_movable
from documents.actions.timetable import instant, require_not_past
from documents.models import Actor, Publication
from documents.models.approvals import MotionKind
from documents.promises import Effect
from documents.signals import publication_rescheduled
from legalcms import clock


@transaction.atomic
def ask_earlier_date(*, publication_id, effect, reason, by):
    """effect: a promises.Effect; its day when announced means: when it is confirmed."""
    publication = lock_movable(publication_id)
    now, zone = clock.now(), publication.publisher.zone
    require_not_past(effect, instant(effect, now, zone), now, zone)
    return motions.ask(
        policy=queries.policy_of(publication),
        publication=publication,
        kind=MotionKind.EARLIER_DATE,
        terms={"effective": effect.local},
        reason=reason,
        by=by,
    )


@transaction.atomic
def confirm_earlier_date(*, motion_id, by):
    """Carry the motion out, by another person than who asked. Returns the Publication."""
    motion = motions.lock_open(motion_id, by=by)
    publication = lock_movable(motion.publication_id)
    now, zone = clock.now(), publication.publisher.zone
    effect, before = Effect.parse(motion.terms["effective"]), publication.effective_at
    effective_at = instant(effect, now, zone)
    require_not_past(effect, effective_at, now, zone)
    publication.effective_at, publication.effective_local = effective_at, effect.local
    publication.promise_kept, publication.override_reason = False, motion.reason
    publication.opens_at = publication.deadline_at = publication.sign_off_asked_at = None
    publication.held_at, publication.hold_reason, publication.hold_note = None, "", ""
    publication.cleared_at = now
    publication.save()
    motions.settle(motion, is_carried=True, by=by)
    append_entry(
        publisher=publication.publisher,
        kind="publication.overridden",
        payload={
            "publication": publication.pk,
            "before": before,
            "motion": motion.pk,
            **publication.timetable(),
        },
        actor=Actor.of(by),
        publication=publication,
    )
    publication_rescheduled.send(Publication, publication=publication)
    return publication
