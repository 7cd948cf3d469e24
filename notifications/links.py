"""Addresses of the public pages about notices, under the configured site."""

from django.urls import reverse


def notices_path(publisher):
    return reverse("notices", args=[publisher.slug])


def notice_path(publication, number):
    """number: of the round. The log names a notice by the same two numbers."""
    return reverse("notice", args=[publication.publisher.slug, publication.pk, number])
