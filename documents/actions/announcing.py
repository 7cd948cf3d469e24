"""Announcing a proposal: the frozen version, its timetable, and the line in the log."""

from documents.actions.append_entry import append_entry
from documents.actions.freezing import freeze
from documents.models import Policy


def announce(publication, draft, timetable, now, actor, *, carries=None):
    """Freeze the draft as the publication's Version and set its timetable. Returns the Version.

    carries: the publication set aside whose notice counts for this one.
    """
    version = freeze(draft, publication, now, actor)
    publication.carries = carries
    set_announced(publication, timetable, now)
    publication.save()
    append_entry(
        publisher=publication.publisher,
        kind="version.published",
        payload=published_payload(publication, version),
        actor=actor,
        publication=publication,
    )
    return version


def set_announced(publication, timetable, now):
    """What the row of an announced proposal says; nothing is saved."""
    exception = publication.proposal["exception"] or {}
    publication.announced_at = now
    publication.time_zone = publication.publisher.time_zone
    publication.ground = exception.get("ground", "")
    publication.ground_source = exception.get("source", "")
    set_timetable(publication, timetable, now)


def set_timetable(publication, timetable, now):
    """The dates and channels of a Timetable. What waits for nobody is cleared with it."""
    publication.effective_at = timetable.effective_at
    publication.effective_local = timetable.effective_local
    publication.channels = [channel.value for channel in timetable.channels]
    publication.clock_start = timetable.clock_start.value
    publication.notice_required = timetable.notice_required
    publication.promise_kept = timetable.promise_kept
    publication.opens_at = timetable.window.opens_at if timetable.window else None
    publication.deadline_at = timetable.window.closes_at if timetable.window else None
    publication.sign_off_asked_at = None
    publication.held_at, publication.hold_reason, publication.hold_note = None, "", ""
    publication.cleared_at = None if timetable.waits else now


def make_live(policy, now):
    """Let Wagtail list the page from the first announcement on. It decides nothing."""
    Policy.objects.filter(pk=policy.pk, live=False).update(live=True, first_published_at=now)
    Policy.objects.filter(pk=policy.pk).update(last_published_at=now)


def published_payload(publication, version):
    return {
        "publication": publication.pk,
        "policy": str(version.policy.key),
        "number": version.number,
        "version_sha256": version.sha256,
        "draft_sha256": version.draft_sha256,
        "proposal_sha256": publication.proposal_sha256,
        "significance": version.significance,
        "carries": publication.carries_id,
        **publication.timetable(),
    }
