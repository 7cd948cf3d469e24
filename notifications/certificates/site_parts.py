"""The notices on the site in words, and what was seen of them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .blocks import Fact, Facts, Quote, Said, Section
from .words import entry_fact


def site_section(certificate, times):
    parts = tuple(_site_notice(notice, times) for notice in certificate.site_notices)
    return Section(_("What the site showed"), (), parts)


def _site_notice(notice, times):
    rows = [
        Fact(_("Page"), notice.url, "link"),
        Fact(_("Shown since"), times.event(notice.opened_at)),
        Fact(_("Seen by our own check"), _sightings(notice, times)),
        *([Fact(_("Taken down"), times.event(notice.closed_at))] if notice.closed_at else []),
        Fact(_("SHA-256 of the notice"), notice.sha256, "code"),
        *([entry_fact(notice.opened)] if notice.opened else []),
    ]
    blocks = [Facts(tuple(rows))]
    if notice.words:
        blocks.append(Quote(_("The words of the notice"), notice.words, notice.language))
    else:
        blocks.append(
            Said(_("Its words cannot be made again so that they make the recorded hash."))
        )
    title = _("Notice on the site about version %(number)s") % {"number": notice.number}
    return Section(title, tuple(blocks))


def _sightings(notice, times):
    missed = ngettext("missed %(n)s time", "missed %(n)s times", notice.missed)
    seen = ngettext("seen %(n)s time", "seen %(n)s times", notice.seen)
    counts = f"{seen % {'n': notice.seen}}, {missed % {'n': notice.missed}}"
    if notice.first_seen_at is None:
        return counts
    return _("from %(first)s to %(last)s: %(counts)s") % {
        "first": times.instant(notice.first_seen_at),
        "last": times.instant(notice.last_seen_at),
        "counts": counts,
    }
