"""Notices on the site itself: which are shown, and their words. Decided from the record alone."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from documents import links, wording
from documents.evidence.canonical import digest
from documents.models import Version
from documents.promises import Channel

# After a change that did not wait for its notice.
SHOWN_AFTER_EFFECT = timedelta(days=7)


@dataclass(frozen=True)
class SiteNotice:
    """words: in the version's language; sha256: of them and of the version that they are about."""

    version: Version
    words: str
    path: str
    sha256: str


def site_notice(version):
    """The notice about one announced Version."""
    publication = version.publication
    with translation.override(version.language):
        words = _("“%(title)s” changes on %(day)s. Read what changes.") % {
            "title": version.title,
            "day": wording.moment(publication.effective_at, publication.publisher.zone),
        }
    return SiteNotice(
        version=version,
        words=words,
        path=links.version_path(version),
        sha256=digest({"version": version.sha256, "words": words}),
    )


def shown(publisher, at):
    """The notices that the pages of a publisher show at an instant."""
    versions = Version.objects.filter(
        Q(publication__effective_at__gt=at)
        | Q(
            publication__effective_at__gt=at - SHOWN_AFTER_EFFECT,
            publication__cleared_at__lte=F("publication__announced_at"),
        ),
        policy__publisher=publisher,
        publication__announced_at__isnull=False,
        publication__withdrawn_at__isnull=True,
        publication__held_at__isnull=True,
    ).select_related("publication__publisher", "policy")
    return [
        site_notice(version)
        for version in versions.defer("outline").order_by("publication__effective_at", "pk")
        if Channel.SITE_NOTICE in version.publication.told_by
    ]
