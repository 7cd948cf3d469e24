"""Acts that take two people: one asks with a reason, another carries them out or refuses.

What is carried out, by kind: an earlier date than the promise allows
(override_date), a text removed by order (remove_by_order).
"""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.append_entry import append_entry
from documents.actions.requirements import require_other_person, require_text
from documents.errors import Settled
from documents.models import Actor, Motion
from documents.permissions import require
from legalcms import clock


@transaction.atomic
def ask(*, policy, kind, terms, reason, by, publication=None):
    """Put a motion. terms: JSON values, checked by the action for its kind. Returns the Motion."""
    require(by, "publish", policy.publisher)
    reason = require_text(reason, "reason", _("Say why."))
    actor = Actor.of(by)
    motion = Motion.objects.create(
        publisher=policy.publisher,
        policy=policy,
        publication=publication,
        kind=kind,
        terms=terms,
        reason=reason,
        asked_at=clock.now(),
        asked_by=actor.key,
    )
    _record(motion, "motion.asked", actor)
    return motion


def lock_open(motion_id, *, by):
    """An open motion, locked, for somebody else than who asked. Raises Settled, SamePerson."""
    motion = Motion.objects.select_for_update().get(pk=motion_id)
    require(by, "publish", motion.publisher)
    if motion.settled_at is not None:
        raise Settled()
    require_other_person(Actor.of(by), motion.asked_by)
    return motion


def settle(motion, *, is_carried, by):
    """Close a motion, in the transaction that carries it out."""
    actor = Actor.of(by)
    motion.settled_at, motion.settled_by = clock.now(), actor.key
    motion.is_carried = is_carried
    motion.save()
    _record(motion, "motion.carried" if is_carried else "motion.refused", actor)


@transaction.atomic
def refuse(*, motion_id, by):
    """Say no. Whoever asked may take the motion back in the same way."""
    motion = Motion.objects.select_for_update().get(pk=motion_id)
    require(by, "publish", motion.publisher)
    if motion.settled_at is not None:
        raise Settled()
    settle(motion, is_carried=False, by=by)
    return motion


def _record(motion, kind, actor):
    append_entry(
        publisher=motion.publisher,
        kind=kind,
        payload=motion.logged(),
        actor=actor,
        publication=motion.publication,
    )
