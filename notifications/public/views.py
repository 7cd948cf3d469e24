"""Every notice of a publisher with its words as they were sent, slots open: nobody's data."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.models import Entry, Policy
from documents.public.caching import LONGEST, public_page
from documents.public.views import frame
from documents.site_notices import shown
from legalcms import clock
from notifications.messages import fill, wording_of
from notifications.models import Notice
from notifications.sandbox import sandboxed

PAGE_SIZE = 50


@require_safe
def notices(request, publisher):
    """Newest first. A publisher exists here from its first announcement on, as everywhere."""
    policies = [*_announced(publisher)]
    if not policies:
        raise Http404
    found = policies[0].publisher
    sent = Notice.objects.filter(publication__publisher=found).order_by("-opened_at", "-pk")
    page = Paginator(sent.prefetch_related("messages"), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page)
    entries = _entries(rows)
    context = {
        "publisher": found,
        "policies": policies,
        "zone": found.zone,
        "page": page,
        "rows": [(row, row.messages.all(), entries.get(_name(row))) for row in rows],
        "site_notices": shown(found, clock.now()),
    }
    return public_page(request, "notifications/public/notices.html", context)


@require_safe
def notice(request, publisher, publication, number):
    found = _find(publisher, publication, number)
    version = found.publication.versions.select_related("policy__publisher").get()
    messages = [
        (message, _shown(message), wording_of(message).sha256 != message.sha256)
        for message in found.messages.order_by("pk")
    ]
    context = frame(version.policy, version) | {
        "notice": found,
        "version": version,
        "messages": messages,
        "entry": _entries([found]).get(_name(found)),
    }
    return public_page(request, "notifications/public/notice.html", context)


@require_safe
def message(request, publisher, publication, number, language):
    """The HTML of the mail, as it was sent. Nothing but a removal by order changes it."""
    found = _find(publisher, publication, number)
    response = sandboxed(_shown(get_object_or_404(found.messages, language=language)).html)
    patch_cache_control(response, public=True, max_age=LONGEST)
    return response


def _announced(publisher):
    policies = Policy.objects.filter(publisher__slug=publisher, versions__isnull=False)
    return policies.select_related("publisher").distinct()


def _find(publisher, publication, number):
    rows = Notice.objects.select_related("publication__publisher")
    return get_object_or_404(
        rows, publication__publisher__slug=publisher, publication=publication, round=number
    )


def _shown(message):
    slots = {"address": _("[your address]"), "stop": _("[your link to stop following]")}
    return fill(message, slots)


def _entries(rows):
    """The log entries that opened notices, by (publication, round)."""
    publications = {row.publication_id for row in rows}
    entries = Entry.objects.filter(kind="notice.opened", publication__in=publications)
    return {(each.publication_id, each.payload["round"]): each for each in entries}


def _name(row):
    return row.publication_id, row.round
