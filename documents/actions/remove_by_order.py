"""Take the words of one clause out of the record of one policy: a court or authority orders it.

The one exception to texts that never change (docs/adr/0014). A marker takes
the place of each text that the clause had in any version. Hashes stay, so that
the record verifies; where else words may stand is in documents/removal_map.py.
"""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from documents import queries
from documents.actions import motions
from documents.actions.append_entry import append_entry
from documents.actions.editing import lock_policy
from documents.actions.requirements import require_text
from documents.actions.scrubbing import scrub_citations, scrub_drafts
from documents.errors import InvalidInput, NotFound, NothingToRemove
from documents.models import Actor, ClauseText, Place, Removal, SealedText
from documents.models.approvals import MotionKind
from documents.permissions import known, require
from documents.removal_map import Words, still_standing
from documents.signals import text_removed
from legalcms import clock

MAX_ORDER = 500
LOG_ACTION = "documents.removal"


@dataclass(frozen=True)
class Removed:
    """still: where the words stand all the same, or may; sentences for the person."""

    removal: Removal
    still: tuple[str, ...]


@transaction.atomic
def ask_removal(*, policy, key, order, reason, destroy, by):
    """order: what orders it, such as a court, a date and a file number; the marker names it.

    destroy: keep no sealed original. Returns the Motion.
    """
    require(by, "publish", policy.publisher)
    order, key = require_order(order), require_published(policy, key)
    texts_of(policy, key)
    return motions.ask(
        policy=policy,
        kind=MotionKind.REMOVAL,
        terms={"key": str(key), "order": order, "destroy": bool(destroy)},
        reason=reason,
        by=by,
    )


@transaction.atomic
def confirm_removal(*, motion_id, by):
    """Carry the motion out, by another person than who asked. Returns Removed."""
    motion = motions.lock_open(motion_id, by=by)
    policy = lock_policy(motion.policy_id)
    originals = texts_of(policy, uuid.UUID(motion.terms["key"]))
    words = Words(originals)
    removal = record_removal(motion, policy, originals, Actor.of(by))
    messages = replaced_elsewhere(removal, words)
    put_markers(removal, originals)
    scrub_citations(removal)
    destroy_imported_files(policy)
    still = [*scrub_drafts(removal, originals), *still_standing(removal, words)]
    log(instance=policy, action=LOG_ACTION, user=by, data={"removal": removal.pk, "still": still})
    motions.settle(motion, is_carried=True, by=by)
    append_removed(removal, motion, messages, Actor.of(by))
    return Removed(removal, tuple(still))


def open_removal(policy, motion_id):
    """A motion of this policy that waits for its answer. Raises NotFound."""
    waiting = list(policy.motions.filter(kind=MotionKind.REMOVAL, settled_at__isnull=True))
    found = next((motion for motion in waiting if str(motion.pk) == str(motion_id)), None)
    if found is None:
        ids = (str(motion.pk) for motion in waiting)
        raise NotFound(what=_("open motion"), name=motion_id, known=known(ids))
    return found


def require_order(order):
    order = require_text(order, "order", _("Name the order: who gave it, when, its number."))
    if len(order) > MAX_ORDER or not order.isprintable():
        problem = _("One line of at most %(most)s characters.") % {"most": MAX_ORDER}
        raise InvalidInput(field="order", problem=problem)
    return order.rstrip(".")


def require_published(policy, key):
    """The key of a clause that a version holds, as a UUID. Raises NotFound."""
    keys = Place.objects.filter(policy=policy, text__isnull=False).values_list("key", flat=True)
    found = next((each for each in keys if str(each) == str(key).strip().lower()), None)
    if found is None:
        names = [f"{clause.key} ({clause.number})" for clause in queries.removable_clauses(policy)]
        raise NotFound(what=_("published clause"), name=key, known=known(names))
    return found


def texts_of(policy, key):
    """The words that a clause has had in any version. Raises NothingToRemove."""
    places = Place.objects.filter(policy=policy, key=key)
    texts = ClauseText.objects.filter(removal__isnull=True, place__in=places)
    originals = list(texts.distinct().order_by("sha256"))
    if not originals:
        raise NothingToRemove()
    return originals


def destroy_imported_files(policy):
    """Their words are in no order that could be searched: a packed file may hold them anyhow."""
    policy.imported_files.filter(accepted_at__isnull=True).delete()
    policy.imported_files.update(packed=b"", outline=[], choices={})


def record_removal(motion, policy, originals, actor):
    """The Removal, and the sealed originals unless the order says destroy."""
    removal = Removal.objects.create(
        policy=policy,
        key=uuid.UUID(motion.terms["key"]),
        texts=[text.sha256 for text in originals],
        order=motion.terms["order"],
        reason=motion.reason,
        is_destroyed=motion.terms["destroy"],
        removed_at=clock.now(),
        asked_by=motion.asked_by,
        removed_by=actor.key,
    )
    if not removal.is_destroyed:
        SealedText.objects.bulk_create(
            SealedText(removal=removal, sha256=text.sha256, heading=text.heading, body=text.body)
            for text in originals
        )
    return removal


def replaced_elsewhere(removal, words):
    """The hashes of what other apps have replaced."""
    answers = text_removed.send(Removal, removal=removal, words=words)
    return sorted(sha256 for _receiver, hashes in answers for sha256 in hashes)


def put_markers(removal, originals):
    """Past the models, which refuse; the database lets this pass and nothing else."""
    markers = ClauseText.objects.bulk_create(
        ClauseText(
            publisher=text.publisher,
            sha256=text.sha256,
            body=removal.marker_body(text.sha256),
            removal=removal,
        )
        for text in originals
    )
    places = Place._base_manager.filter(policy=removal.policy, key=removal.key)
    for text, marker in zip(originals, markers, strict=True):
        places.filter(text=text).update(text=marker)
        if not Place.objects.filter(text=text).exists():
            ClauseText._base_manager.filter(pk=text.pk).delete()


def append_removed(removal, motion, messages, actor):
    append_entry(
        publisher=removal.policy.publisher,
        kind="text.removed",
        payload={**removal.logged(), "messages": messages, "motion": motion.pk},
        actor=actor,
    )
