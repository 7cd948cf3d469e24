"""Which texts were in force on a day, and which were announced and not yet.

Which is in force, documents.queries decides; where an announced one stood on a past day, the
log tells: the row of a publication holds only the last date that it was given.
"""

from datetime import datetime

from documents import links, queries
from documents.evidence.canonical import instant
from documents.models import Publication

from .log import TIMETABLES, WITHDRAWALS, line_of
from .vocabulary import Announced, Text


def in_force_on(policy, day, log):
    """(the Text in force when the day began, or None; the Texts that took effect during it)."""
    at_start = queries.in_force(policy, day.begins_at)
    effects = Publication.objects.filter(
        versions__policy=policy,
        effective_at__gt=day.begins_at,
        effective_at__lt=day.ends_at,
        effective_at__lte=day.seen_at,
    ).order_by("effective_at")
    changes = {}
    for effective_at in effects.values_list("effective_at", flat=True).distinct():
        version = queries.in_force(policy, effective_at)
        if version and version != at_start:
            changes[version.pk] = version
    return _text(at_start, log), tuple(_text(version, log) for version in changes.values())


def _text(version, log):
    if version is None:
        return None
    publication = version.publication
    carried = publication.carries and publication.carries.versions.get(policy=version.policy)
    dated, cleared = _effect(publication, log.about(publication.pk))
    return Text(
        publication=publication.pk,
        number=version.number,
        title=version.title,
        language=version.language,
        sha256=version.sha256,
        announced_at=publication.announced_at,
        effective_at=publication.effective_at,
        told_by=tuple(publication.channels),
        url=links.absolute(links.version_path(version)),
        entry=log.line(publication.pk, "version.published", version_sha256=version.sha256),
        dated=dated and line_of(dated),
        cleared=cleared and line_of(cleared),
        is_intact=version.computed_sha256() == version.sha256,
        is_redacted=any(place.text.removal_id for place in version.places()),
        carries=carried.number if carried else None,
        carries_publication=publication.carries_id,
    )


def _effect(publication, entries):
    """The entries that set a publication's date and cleared it; None where the log does not."""
    timetables = [entry for entry in entries if entry.kind in TIMETABLES]
    if not timetables:
        return None, None
    last = timetables[-1]
    is_set = last.payload["effective_at"] == instant(publication.effective_at)
    # Old entries do not state a clearance; what needs no notice is cleared when announced.
    needs_none = "cleared_at" not in last.payload and not last.payload["notice_required"]
    at_once = last if last.payload.get("cleared_at") or needs_none else None
    later = (entry for entry in entries if entry.seq > last.seq)
    cleared = (entry for entry in later if entry.kind == "publication.cleared")
    return (last if is_set else None), next(cleared, at_once)


def announced_on(policy, day, log):
    """The Announced versions of a day, by number: what the log said of each until the day ended."""
    versions = policy.versions.filter(publication__announced_at__lte=day.until).exclude(
        publication__cleared_at__isnull=False,
        publication__withdrawn_at__isnull=True,
        publication__effective_at__lte=day.until,
    )
    rows = versions.order_by("number").values_list("publication", "number", "title")
    found = (_announced(*row, log.about(row[0]), day) for row in rows)
    return tuple(each for each in found if each)


def _announced(publication_id, number, title, entries, day):
    """None for one that was withdrawn before the day began."""
    said = [entry for entry in entries if entry.at < day.ends_at]
    timetables = [entry for entry in said if entry.kind in TIMETABLES]
    if not timetables:
        return None
    since = {entry.kind: entry for entry in said if entry.seq > timetables[-1].seq}
    effective_at = datetime.fromisoformat(timetables[-1].payload["effective_at"])
    state, changed_at = _state(since, effective_at, day)
    if state == "withdrawn" and changed_at < day.begins_at:
        return None
    return Announced(number, title, state, timetables[0].at, effective_at, changed_at)


def _state(since, effective_at, day):
    """since: kind → entry after the last timetable. A date that came without clearance holds."""
    for kind in WITHDRAWALS:
        if kind in since:
            return "withdrawn", since[kind].at
    if "publication.held" in since:
        return "held", since["publication.held"].at
    return ("held" if effective_at <= day.until else "pending"), None
