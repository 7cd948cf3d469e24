"""Record one past text as a Version: one file, one transaction.

What the record did not see it does not claim. The day from which the text
applied is kept as it was given; in our own timetable it is announced, cleared
and in effect at the instant of recording, so that no answer about the past
changes (docs/adr/0019). Nobody is told about a past.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from documents import judging, queries
from documents.actions.announcing import make_live, published_payload
from documents.actions.append_entry import append_entry, not_before
from documents.actions.editing import clause_of, lock_policy, replace_clauses
from documents.actions.freezing import freeze
from documents.comparison import compare
from documents.errors import Refused
from documents.evidence.canonical import digest
from documents.importing.matching import match
from documents.models import Actor, Chain, ImportedFile, Publication
from documents.promises import to_record
from legalcms import clock

NEW, SAME = "new", "same"


@dataclass(frozen=True)
class Place:
    """Where a text stands in the history that is imported.

    number: of its file, from 1. title: its own, or the last that a text before it had.
    history: for the first text what binds all later runs, else None.
    """

    number: int
    title: str
    history: dict | None = None


def record_version(*, policy, text, place, doubtful, by):
    """Returns the Version, or None where the text is that of the version before.

    text: a PastText. doubtful: SAME or NEW, the key of a clause that may be one of before.
    """
    previous = queries.history(policy).first()
    draft, guesses = drafted(policy, text, place.title, previous, doubtful)
    if previous and previous.draft_sha256 == draft.draft_sha256():
        return None
    proposal = proposal_of(draft, previous)
    with transaction.atomic():
        require_last(lock_policy(policy.pk), previous)
        now = not_before(Chain.objects.get(publisher=policy.publisher_id), clock.now())
        actor = Actor.of(by)
        publication = recorded_publication(policy, proposal, text.on, now, actor)
        version = freeze(draft, publication, now, actor)
        keep_file(text, version, now, actor)
        make_live(policy, now)
        append_entry(
            publisher=policy.publisher,
            kind="version.published",
            payload={
                **published_payload(publication, version),
                "file": {"place": place.number, "name": text.name, "sha256": text.sha256},
                "doubtful": guesses,
                **({"history": place.history} if place.history else {}),
            },
            actor=actor,
            publication=publication,
        )
    return version


def drafted(policy, text, title, previous, doubtful):
    """The text as a draft in memory, and what was guessed about its keys.

    guesses: for each doubtful clause the key that it has, the key of the clause that it is like,
    and how like it is in percent.
    """
    draft = policy.draft()
    draft.title = title
    clauses, guesses = [clause_of(each) for each in text.clauses], []
    found = match(text.clauses, previous.clauses() if previous else ())
    for clause, matched in zip(clauses, found, strict=True):
        if matched and (matched.is_sure or doubtful == SAME):
            clause.key = UUID(matched.key)
        if matched and not matched.is_sure:
            percent = int(100 * matched.confidence)
            guesses.append({"key": str(clause.key), "like": matched.key, "percent": percent})
    replace_clauses(draft, clauses)
    return draft, guesses


def proposal_of(draft, previous):
    """What a proposal would bind, as far as there is something to bind."""
    redline = compare(previous.clauses() if previous else (), draft.states())
    judged = judging.judgements(draft, redline, previous, draft)
    return {
        "format": 2,
        "policy": str(draft.key),
        "draft_sha256": draft.draft_sha256(),
        "effective": "",
        "significance": judging.highest(judged).value,
        "summary": "",
        "promise_sha256": digest(to_record(previous.promise)) if previous else "",
        "presets": [],
        "channels": [],
        "exception": None,
    }


def require_last(policy, previous):
    """Nobody has published or recorded another version since this text was compared."""
    last = queries.history(policy).first()
    if last != previous:
        raise Refused(
            _("Another version of “%(policy)s” was made meanwhile. Is this import run twice?"),
            policy=policy.slug,
        )


def recorded_publication(policy, proposal, given_on, now, actor):
    return Publication.objects.create(
        publisher=policy.publisher,
        proposal=proposal,
        proposal_sha256=digest(proposal),
        proposed_at=now,
        proposed_by=actor.key,
        given_on=given_on,
        announced_at=now,
        effective_at=now,
        cleared_at=now,
        time_zone=policy.publisher.time_zone,
    )


def keep_file(text, version, now, actor):
    """The bytes as they came, accepted as this version."""
    imported = ImportedFile(
        policy=version.policy,
        name=text.name,
        sha256=text.sha256,
        uploaded_at=now,
        uploaded_by=actor.key,
        accepted_at=now,
        version=version,
    )
    imported.data = text.data
    imported.save()
