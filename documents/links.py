"""Addresses of public pages, always under the configured site and never from a request."""

from django.conf import settings
from django.urls import reverse


def address_of(policy):
    """(publisher, policy) as they stand in the policy's URL."""
    return tuple(policy.url_path.strip("/").split("/")[-2:])


def policy_path(policy):
    return reverse("policy", args=address_of(policy))


def version_path(version):
    return reverse("version", args=[*address_of(version.policy), version.number])


def compare_path(old, new):
    return reverse("compare", args=[*address_of(new.policy), old.number, new.number])


def absolute(path):
    """The full URL of a path on this site."""
    return f"{settings.BASE_URL}{path}"
