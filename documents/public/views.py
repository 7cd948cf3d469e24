"""The pages that anyone may read. A policy exists here from its first announcement on."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from documents import judging, links, queries, site_notices
from documents.arranging import arrange
from documents.models import Policy, Publisher
from documents.queries import Standing
from documents.viewing import Viewing
from legalcms import clock

from .caching import public_page


@require_safe
def home(request):
    publishers = Publisher.objects.filter(policies__versions__isnull=False).distinct()
    return render(request, "documents/public/home.html", {"publishers": publishers})


@require_safe
def publisher(request, publisher):
    policies = Policy.objects.filter(publisher__slug=publisher, versions__isnull=False).distinct()
    if not policies:
        raise Http404
    found = policies[0].publisher
    now = clock.now()
    context = {
        "publisher": found,
        "zone": found.zone,
        "rows": [row for policy in policies if (row := listed(policy, now))],
        "head": found.chain,
        "stamp": found.time_stamps.order_by("seq").last(),
        "site_notices": site_notices.shown(found, now),
    }
    return render(request, "documents/public/publisher.html", context)


@require_safe
def policy(request, publisher, policy):
    """The text in force; before the first effect, the announcement of the first text.

    Where the first text was withdrawn there is neither, and the page says so.
    """
    found, now = find_policy(request, publisher, policy), clock.now()
    current, pending = queries.in_force(found, now), queries.pending(found, now)
    shown = current or pending
    context = frame(found, shown or queries.history(found).first()) | {
        "current": current,
        "pending": pending,
        "pending_state": pending and pending.publication.state(now),
    }
    if shown is not None:
        state = "in_force" if current else context["pending_state"]
        context |= reading(Standing(shown, state, queries.predecessor(shown)))
    return public_page(request, "documents/public/policy.html", context)


@require_safe
def versions(request, publisher, policy):
    found = find_policy(request, publisher, policy)
    standings = queries.standings(found, clock.now())
    context = frame(found, standings[0].version) | {"standings": standings}
    return public_page(request, "documents/public/versions.html", context)


@require_safe
def version(request, publisher, policy, number):
    found = find_policy(request, publisher, policy)
    standings = queries.standings(found, clock.now())
    shown = numbered(standings, number)
    context = frame(found, shown.version) | reading(shown)
    context["current"] = any(standing.state == "in_force" for standing in standings)
    return public_page(request, "documents/public/version.html", context)


@require_safe
def compare(request, publisher, policy, old, new):
    """The redline of any two versions, in either direction, as its reader wants to see it."""
    found = find_policy(request, publisher, policy)
    standings = queries.standings(found, clock.now())
    before, after = numbered(standings, old), numbered(standings, new)
    redline = queries.redline(before.version, after.version)
    viewing = Viewing(request.GET)
    levels = judging.levels(found, redline)
    arrangement = arrange(redline, viewing.level, viewing.is_whole, levels=levels)
    names = [_("Version %(number)s") % {"number": side.version.number} for side in (before, after)]
    context = frame(found, after.version) | {
        "old": before,
        "new": after,
        "redline": redline,
        "arrangement": arrangement,
        "viewing": viewing,
        "choices": viewing.choices(arrangement.levels),
        "sides": names if viewing.has_sides else None,
    }
    return public_page(request, "documents/public/compare.html", context)


def find_policy(request, publisher, policy):
    """An announced policy of this site. Raises Http404: a draft does not exist here."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return get_object_or_404(
        Policy.objects.select_related("publisher").filter(versions__isnull=False).distinct(),
        url_path=f"{site.root_page.url_path}{publisher}/{policy}/",
    )


def numbered(standings, number):
    for standing in standings:
        if standing.version.number == number:
            return standing
    raise Http404


def listed(policy, now):
    """A policy's line in a list: its text in force, else what is announced; None for neither."""
    current = queries.in_force(policy, now)
    version = current or queries.pending(policy, now)
    if version is None:
        return None
    return {"version": version, "current": current, "path": links.policy_path(policy)}


def frame(policy, version):
    """What every page of a policy shows around its content, named as this version names it."""
    return {
        "policy": policy,
        "publisher": policy.publisher,
        "zone": policy.publisher.zone,
        "path": links.address_of(policy),
        "title": version.title,
        "language": version.language,
        "site_notices": site_notices.shown(policy.publisher, clock.now()),
    }


def reading(standing):
    """The context of a page that shows one text."""
    version = standing.version
    places = version.places()
    return {
        "standing": standing,
        "version": version,
        "places": places,
        "removed": sum(place.text.removal_id is not None for place in places),
        "entry": queries.entry_of(version.publication),
        "permanent_address": links.absolute(links.version_path(version)),
    }
