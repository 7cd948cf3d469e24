"""Notices on the site: opened with their publication, and looked at from outside.

The public pages show them from the record alone. A look fetches the page as a
reader would; what it saw is the evidence, and one look in time is the least
that a promise of a site notice takes.
"""

import logging
from datetime import timedelta

from django.db import transaction

from documents import links
from documents.actions.append_entry import append_entry
from documents.actions.clear_publication import clear_publication
from documents.models import Publication
from documents.site_notices import site_notice
from legalcms import clock
from notifications import evidence
from notifications.models import Display, Sighting
from notifications.prober import look

logger = logging.getLogger(__name__)
UNTIL_SEEN = timedelta(minutes=1)
ONCE_SEEN = timedelta(hours=1)


def open_display(*, publication):
    """Note which words must stand on which page. Returns the Display."""
    version, now = publication.versions.get(), clock.now()
    display = Display.objects.create(
        publication=publication,
        round=publication.displays.count() + 1,
        url=links.absolute(links.policy_path(version.policy)),
        notice_sha256=site_notice(version).sha256,
        opened_at=now,
        look_at=now,
    )
    append_entry(
        publisher=publication.publisher,
        kind="site_notice.opened",
        payload={
            "publication": publication.pk,
            "round": display.round,
            "url": display.url,
            "notice_sha256": display.notice_sha256,
        },
        publication=publication,
    )
    return display


def close_displays(*, publication):
    Display.objects.filter(publication=publication, closed_at__isnull=True).update(
        closed_at=clock.now()
    )


def look_at_displays():
    """Look at every site notice that is due. Returns their number."""
    due = Display.objects.filter(closed_at__isnull=True, look_at__lte=clock.now())
    ids = list(due.values_list("pk", flat=True))
    for pk in ids:
        look_at_display(display_id=pk)
    return len(ids)


def look_at_display(*, display_id):
    """One look: fetched outside any transaction, then recorded, then decided upon."""
    display = Display.objects.select_related("publication").get(pk=display_id)
    problem = look(display.url, display.notice_sha256)
    if problem:
        logger.warning("Site notice %s was not seen: %s", display_id, problem)
    record_sighting(display_id=display_id, problem=problem)


@transaction.atomic
def record_sighting(*, display_id, problem):
    """problem: why the notice was not seen, or an empty text."""
    now = clock.now()
    publication = Publication.objects.select_for_update(of=("self",)).get(displays=display_id)
    display = Display.objects.select_for_update().get(pk=display_id)
    if display.closed_at is not None:
        return
    Sighting.objects.create(
        display=display, looked_at=now, was_seen=not problem, problem=problem[:100]
    )
    display.look_at = now + (UNTIL_SEEN if problem else ONCE_SEEN)
    if publication.cleared_at and publication.effective_at <= now:
        display.closed_at = now
    display.save()
    if publication.cleared_at is None:
        clear_publication(publication_id=publication.pk, evidence=evidence.of(publication))
