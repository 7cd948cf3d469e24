"""The pages that anyone may read. A policy exists here from its first announcement on."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from documents import links, queries
from documents.models import Policy, Publisher, Version
from documents.models.publications import State
from legalcms import clock

from .caching import public_page


@dataclass(frozen=True)
class Standing:
    """Where a Version stands at an instant.

    state: its publication's State, with "in_force" or "superseded" for what has
    taken effect; before: the Version that it replaces.
    """

    version: Version
    state: str
    before: Version | None = None


@require_safe
def home(request):
    publishers = Publisher.objects.filter(policies__versions__isnull=False).distinct()
    return render(request, "documents/public/home.html", {"publishers": publishers})


@require_safe
def publisher(request, publisher):
    found = get_object_or_404(Publisher, slug=publisher)
    policies = Policy.objects.filter(publisher=found, versions__isnull=False).distinct()
    now = clock.now()
    context = {
        "publisher": found,
        "zone": found.zone,
        "rows": [row for policy in policies if (row := listed(policy, now))],
        "head": found.chain,
    }
    return render(request, "documents/public/publisher.html", context)


@require_safe
def policy(request, publisher, policy):
    """The text in force; before the first effect, the announcement of the first text."""
    now = clock.now()
    found = find_policy(request, publisher, policy)
    current, pending = queries.in_force(found, now), queries.pending(found, now)
    shown = current or pending
    if shown is None:
        raise Http404
    context = reading(found, shown, now) | {
        "current": current,
        "pending": pending,
        "pending_state": pending and pending.publication.state(now),
    }
    return public_page(request, "documents/public/policy.html", context)


@require_safe
def versions(request, publisher, policy):
    found = find_policy(request, publisher, policy)
    context = {"policy": found, "standings": standings(found, clock.now())}
    context["title"] = context["standings"][0].version.title
    return public_page(request, "documents/public/versions.html", context | frame(found))


@require_safe
def version(request, publisher, policy, number):
    found = find_policy(request, publisher, policy)
    shown = find_version(found, number)
    return public_page(request, "documents/public/version.html", reading(found, shown, clock.now()))


@require_safe
def compare(request, publisher, policy, old, new):
    found = find_policy(request, publisher, policy)
    before, after = find_version(found, old), find_version(found, new)
    context = frame(found) | {
        "old": before,
        "new": after,
        "old_standing": standing(before, clock.now()),
        "new_standing": standing(after, clock.now()),
        "redline": queries.redline(before, after),
    }
    return public_page(request, "documents/public/compare.html", context)


def find_policy(request, publisher, policy):
    """An announced policy of this site. Raises Http404: a draft does not exist here."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return get_object_or_404(
        Policy.objects.select_related("publisher", "locale")
        .filter(versions__isnull=False)
        .distinct(),
        url_path=f"{site.root_page.url_path}{publisher}/{policy}/",
    )


def find_version(policy, number):
    return get_object_or_404(
        Version.objects.select_related("publication", "policy__publisher"),
        policy=policy,
        number=number,
    )


def listed(policy, now):
    """A policy's line in a list: its text in force, else what is announced; None for neither."""
    current = queries.in_force(policy, now)
    version = current or queries.pending(policy, now)
    if version is None:
        return None
    return {"version": version, "current": current, "path": links.policy_path(policy)}


def frame(policy):
    """What every page of a policy shows around its content."""
    return {
        "policy": policy,
        "publisher": policy.publisher,
        "zone": policy.publisher.zone,
        "path": links.address_of(policy),
    }


def reading(policy, shown, now):
    """The context of a page that shows one text."""
    return frame(policy) | {
        "version": shown,
        "standing": (where := standing(shown, now)),
        "predecessor": where.before,
        "places": shown.places(),
        "entry": queries.entry_of(shown.publication),
    }


def standings(policy, now):
    """All announced versions, newest first, with where each stands."""
    return [standing(version, now) for version in queries.history(policy)]


def standing(version, now):
    before = queries.predecessor(version)
    state = version.publication.state(now)
    if state == State.EFFECTIVE:
        current = queries.in_force(version.policy, now)
        state = "in_force" if current.pk == version.pk else "superseded"
    return Standing(version, state, before)
