"""An urgent fix while a publication is pending: set that aside, and bring it back on top.

What comes back is a new Version with a new number. It keeps the date and the
notice of the old one only if it tells the very same change, that notice was
complete, and the promise in force is the one that it was given under. Else
whoever was told is told that the announced change will not take place.
"""

from django.utils.translation import gettext as _

from documents import queries
from documents.actions.announcing import announce
from documents.actions.append_entry import append_entry
from documents.actions.restore_version import set_draft
from documents.actions.timetable import Timetable, ordered
from documents.comparison import compare
from documents.comparison.rebase import is_same_change, rebase
from documents.evidence.canonical import digest
from documents.models import Actor, Publication
from documents.promises import Demands
from documents.signals import publication_withdrawn


def set_aside(policy, now, actor):
    """Take the pending publication back, silently so far. Returns it as it was, or None."""
    version = queries.pending(policy, now)
    if version is None:
        return None
    publication = Publication.objects.select_for_update().get(pk=version.publication_id)
    publication.withdrawn_at = now
    publication.withdrawal_reason = _("Set aside for an urgent fix.")
    publication.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    append_entry(
        publisher=publication.publisher,
        kind="publication.set_aside",
        payload={"publication": publication.pk, "policy": str(policy.key)},
        actor=actor,
        publication=publication,
    )
    return publication


def bring_back(aside, policy, now, by):
    """Announce what was set aside on top of the fix; where that cannot be, say that it is off."""
    clauses = rebased(aside, policy, now)
    if clauses is None:
        publication_withdrawn.send(Publication, publication=aside)
        return None
    draft = set_draft(policy, clauses, by=by, log_action="documents.rebase")
    actor = Actor.of(by)
    proposal = {
        **aside.proposal,
        "format": 2,
        "draft_sha256": draft.draft_sha256(),
        "exception": None,
        "rebases": aside.pk,
    }
    publication = Publication.objects.create(
        publisher=aside.publisher,
        proposal=proposal,
        proposal_sha256=digest(proposal),
        proposed_at=now,
        proposed_by=actor.key,
    )
    announce(publication, draft, carried_timetable(aside), now, actor, carries=aside)
    return publication


def rebased(aside, policy, now):
    """The clauses that carry the announced change on top of the newest version, or None."""
    old = aside.versions.get()
    base, fix = queries.predecessor(old), queries.history(policy).first()
    keeps_date = aside.effective_at > max(now, fix.publication.effective_at)
    if base is None or not keeps_date or aside.cleared_at is None:
        return None
    if base.promise_record != fix.promise_record or not same_details(base, old, fix):
        return None
    clauses = rebase(base.clauses(), old.clauses(), fix.clauses())
    if clauses is None or not is_same_change(
        queries.redline(base, old), compare(fix.clauses(), clauses)
    ):
        return None
    return clauses


def same_details(*versions):
    """Whether title, legal entity, contact and promise stay: the rebased draft takes today's."""
    first, *others = [version.details() for version in versions]
    return all(details == first for details in others)


def carried_timetable(aside):
    """The date as announced; cleared, for its notice was complete."""
    return Timetable(
        effective_at=aside.effective_at,
        effective_local=aside.effective_local,
        channels=ordered(aside.told_by),
        demands=Demands(),
        waits=False,
        promise_kept=True,
        window=None,
    )
