"""Reads that more than one place needs. Which version is in force is decided here alone.

All take ``at``, an aware instant; what they answer for a past instant never changes.
"""

from django.db.models import Q

from documents.comparison import compare
from documents.errors import NotFound
from documents.models import Entry, Place, Policy, Publisher, Version
from documents.permissions import known
from documents.signals import audience_counted


def in_force(policy, at):
    """The Version of a policy that is in force at an instant, or None before the first."""
    return (
        Version.objects.filter(
            policy=policy,
            publication__cleared_at__isnull=False,
            publication__withdrawn_at__isnull=True,
            publication__effective_at__lte=at,
        )
        .select_related("publication", "policy__publisher")
        .order_by("-publication__effective_at", "-number")
        .first()
    )


def pending(policy, at):
    """The Version announced and not yet in force, held ones included, or None."""
    return (
        Version.objects.filter(
            policy=policy,
            publication__announced_at__isnull=False,
            publication__withdrawn_at__isnull=True,
        )
        .filter(Q(publication__cleared_at__isnull=True) | Q(publication__effective_at__gt=at))
        .select_related("publication", "policy__publisher")
        .order_by("number")
        .last()
    )


def history(policy):
    """All announced Versions, newest first."""
    return policy.versions.select_related("publication").order_by("-number")


def promise_in_force(policy, at):
    """The promise that judges a change made at an instant; None while nothing is in force."""
    version = in_force(policy, at)
    return version.promise if version else None


def predecessor(version):
    """The Version in force just before this one's effect: what its notice compares with."""
    publication = version.publication
    return (
        Version.objects.filter(
            policy_id=version.policy_id,
            number__lt=version.number,
            publication__cleared_at__isnull=False,
            publication__withdrawn_at__isnull=True,
            publication__effective_at__lte=publication.effective_at,
        )
        .select_related("publication")
        .order_by("-publication__effective_at", "-number")
        .first()
    )


def redline(old, new):
    """The Redline between two Versions; ``old`` may be None, for a first text."""
    return compare(old.clauses() if old else (), new.clauses())


def draft_redline(policy, at):
    """The Redline of a policy's draft against its text in force."""
    version = in_force(policy, at)
    return compare(version.clauses() if version else (), policy.draft().states())


def clause_history(policy, key):
    """Every state of one clause, oldest first, as Places; the last has no text if removed."""
    return Place.objects.filter(policy=policy, key=key).select_related("text").order_by("since")


def audience_size(policy):
    """How many people would be told now; None if nothing is installed to tell them."""
    counts = [count for _receiver, count in audience_counted.send(Policy, policy=policy)]
    return sum(counts) if counts else None


def entry_of(publication):
    """The log entry that announced a publication."""
    return (
        Entry.objects.filter(publication=publication, kind="version.published")
        .order_by("seq")
        .first()
    )


def publisher_named(slug):
    """Raises NotFound with the slugs that exist."""
    publisher = Publisher.objects.filter(slug=slug).first()
    if publisher is None:
        slugs = Publisher.objects.values_list("slug", flat=True)
        raise NotFound(what="publisher", name=slug, known=known(slugs))
    return publisher


def policy_named(publisher, slug):
    """Raises NotFound with the slugs of this publisher's policies."""
    policies = Policy.objects.filter(publisher=publisher)
    policy = policies.filter(slug=slug).select_related("publisher").first()
    if policy is None:
        slugs = policies.values_list("slug", flat=True)
        raise NotFound(what="policy", name=slug, known=known(slugs))
    return policy
