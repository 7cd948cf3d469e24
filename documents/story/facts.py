"""What the sentences of a story need beside the entries: names, numbers, dates and reasons.

The log holds the hash of a reason, never its words. Words are quoted only where
they match that hash: what a row says today is not what it said then.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform

from documents.evidence.canonical import digest
from documents.models import Actor, Entry, Motion, Publication, SignOff
from documents.models.entries import SYSTEM
from documents.story.words import THE_SYSTEM, Happening

SETS_DATE = ("version.published", "publication.rescheduled", "publication.overridden")
# What these decide on was told with its reason when it was asked for.
REASON_IS_TOLD = ("motion.carried", "motion.refused")


class Timetable(NamedTuple):
    """A date as an entry set it."""

    seq: int
    at: datetime
    effective_at: datetime


@dataclass(frozen=True)
class Facts:
    """About one policy.

    actors: key → name; editors: id of a user → name. By publication: numbers of
    versions, and Timetables in the order of the log. reasons: by their hash.
    """

    zone: ZoneInfo
    actors: Mapping
    editors: Mapping
    numbers: Mapping
    timetables: Mapping
    motions: Mapping
    reasons: Mapping

    @classmethod
    def of(cls, policy, entries, users=()):
        """entries, users: those whose names are needed; users by id."""
        motions = {motion.pk: motion for motion in Motion.objects.filter(policy=policy)}
        return cls(
            policy.publisher.zone,
            *names({entry.actor for entry in entries}, users),
            numbers=dict(policy.versions.values_list("publication", "number")),
            timetables=timetables(policy),
            motions=motions,
            reasons=reasons(policy, motions.values()),
        )

    def actor(self, key):
        """The name behind a key of the log; None of the system."""
        return None if key == SYSTEM else self.actors.get(key, str(Actor()))

    def editor(self, user):
        return str(THE_SYSTEM) if user is None else self.editors.get(user, str(Actor()))

    def happening(self, entry, count=1):
        publication, motion = entry.publication, self.motions.get(entry.payload.get("motion"))
        return Happening(
            kind=entry.kind,
            at=entry.at,
            payload=entry.payload,
            who=self.actor(entry.actor) or str(THE_SYSTEM),
            actor=entry.actor,
            zone=self.zone,
            number=self.numbers.get(entry.publication_id),
            carries=self.numbers.get(entry.payload.get("carries")),
            due_at=self.due_at(entry),
            proposal=publication.proposal if publication else None,
            motion=motion,
            reason=self.reason(entry, motion),
            count=count,
        )

    def due_at(self, entry):
        """When its publication was to take effect, by the log up to and with an entry."""
        dates = self.timetables.get(entry.publication_id, [])
        known = bisect_right(dates, entry.seq, key=lambda timetable: timetable.seq)
        return dates[known - 1].effective_at if known else None

    def reason(self, entry, motion):
        """The words behind an entry; None where none belong to it, empty where they are gone."""
        if entry.kind in REASON_IS_TOLD:
            return None
        if entry.kind == "publication.overridden":
            return motion.reason
        given = entry.payload.get("reason_sha256") or entry.payload.get("note_sha256")
        return self.reasons.get(given, "") if given else None


def publications_of(policy):
    """Announced or not."""
    return Publication.objects.filter(
        publisher_id=policy.publisher_id, proposal__policy=str(policy.key)
    )


def names(keys, users):
    """Names by the key of an actor, and by the id of a user: of the actor, if the user has one."""
    actors = list(Actor.objects.filter(Q(key__in=keys - {SYSTEM}) | Q(user__in=users)))
    people = get_user_model().objects.in_bulk(users)
    by_user = {pk: user.get_full_name() or user.get_username() for pk, user in people.items()}
    by_user |= {actor.user_id: str(actor) for actor in actors}
    return {str(actor.key): str(actor) for actor in actors}, by_user


def timetables(policy):
    """Publication → its Timetables, oldest first."""
    entries = Entry.objects.filter(kind__in=SETS_DATE, publication__in=publications_of(policy))
    rows = entries.order_by("seq").values_list(
        "publication", "seq", "at", KeyTextTransform("effective_at", "payload")
    )
    found = defaultdict(list)
    for publication, seq, at, effective_at in rows:
        found[publication].append(Timetable(seq, at, datetime.fromisoformat(effective_at)))
    return found


def reasons(policy, motions):
    """SHA-256 → the free text that has it, of all that was ever given about a policy."""
    signed = SignOff.objects.filter(publication__in=publications_of(policy))
    past = Publication.history.filter(id__in=publications_of(policy).values("pk"))
    notes = past.exclude(hold_note="", withdrawal_reason="")
    texts = {
        *(motion.reason for motion in motions),
        *signed.values_list("reason", flat=True),
        *(text for row in notes.values_list("hold_note", "withdrawal_reason") for text in row),
    }
    return {digest(text): text for text in texts}
