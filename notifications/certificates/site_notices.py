"""The notices on the site about a policy's versions, and what was seen of them."""

from copy import copy
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from documents.site_notices import site_notice
from notifications.models import Display

from .log import TIMETABLES
from .vocabulary import SiteNotice


def site_notices(policy, day, log):
    """The SiteNotices opened until the day ended, oldest first, as they were seen until then."""
    in_time = Q(sightings__looked_at__lt=day.ends_at)
    seen = in_time & Q(sightings__was_seen=True)
    displays = (
        Display.objects.filter(publication__versions__policy=policy, opened_at__lt=day.ends_at)
        .select_related("publication__publisher")
        .annotate(
            first_seen_at=Min("sightings__looked_at", filter=seen),
            last_seen_at=Max("sightings__looked_at", filter=seen),
            seen=Count("sightings", filter=seen),
            missed=Count("sightings", filter=in_time & Q(sightings__was_seen=False)),
        )
        .order_by("opened_at", "pk")
    )
    versions = policy.versions.select_related("publication__publisher", "policy")
    by_publication = {version.publication_id: version for version in versions.defer("outline")}
    return tuple(
        _site_notice(display, by_publication[display.publication_id], log) for display in displays
    )


def _site_notice(display, version, log):
    pk = display.publication_id
    return SiteNotice(
        number=version.number,
        publication=pk,
        round=display.round,
        url=display.url,
        words=words_of(display, version, log.about(pk)),
        language=version.language,
        sha256=display.notice_sha256,
        opened_at=display.opened_at,
        opened=log.line(
            pk,
            "site_notice.opened",
            round=display.round,
            url=display.url,
            notice_sha256=display.notice_sha256,
        ),
        closed_at=display.closed_at,
        first_seen_at=display.first_seen_at,
        last_seen_at=display.last_seen_at,
        seen=display.seen,
        missed=display.missed,
    )


def words_of(display, version, entries):
    """The words that make the recorded hash, by one of the dates that the log has; else empty."""
    dates = [entry.payload["effective_at"] for entry in entries if entry.kind in TIMETABLES]
    for effective_at in dict.fromkeys(dates):
        notice = site_notice(_dated(version, datetime.fromisoformat(effective_at)))
        if notice.sha256 == display.notice_sha256:
            return notice.words
    return ""


def _dated(version, effective_at):
    """The version as it stood when its publication had this date; a copy in memory."""
    dated = copy(version)
    dated.publication = copy(version.publication)
    dated.publication.effective_at = effective_at
    return dated
