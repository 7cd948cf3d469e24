"""Gather what an evidence folder about one version holds: see documents/evidence/contents.py."""

from django.urls import reverse
from django.utils.translation import gettext as _

from documents import links, queries
from documents.errors import NotFound
from documents.evidence import timetable
from documents.evidence.contents import (
    CHAIN,
    CLAUSES,
    PUBLICATION,
    README,
    VERSION,
    entry_line,
)
from documents.evidence.export import readable, readme
from documents.models import Publication
from documents.permissions import known
from documents.signals import evidence_exported
from documents.verification.log import links as links_of
from documents.verification.publications import record_of


def contents_of(version, head):
    """File name → content, to be written while the snapshot lasts in which ``head`` was read.

    head: the Chain that the log in the folder ends with.
    """
    publication, publisher = version.publication, version.policy.publisher
    places = version.places()
    found = {
        README: readme(
            publisher.name,
            version.title,
            version.number,
            (head.seq, head.sha256),
            links.absolute(reverse("publisher", args=[publisher.slug])),
        ),
        VERSION: readable(record_of_version(version, places)),
        CLAUSES: readable([clause(place) for place in places]),
        PUBLICATION: readable(record_of_publication(version)),
        CHAIN: (entry_line(*pair) for pair in links_of(publisher, until=head.seq)),
    }
    for _receiver, files in evidence_exported.send(Publication, publication=publication):
        found |= dict(files)
    return found


def record_of_version(version, places):
    clauses = ((str(place.key), place.level, place.number, place.text.sha256) for place in places)
    return {"record": version.record(clauses), "sha256": version.sha256}


def clause(place):
    return {
        "key": str(place.key),
        "level": place.level,
        "number": place.number,
        "heading": place.text.heading,
        "body": place.text.body,
        "sha256": place.text.sha256,
        "removed": place.text.removal_id is not None,
    }


def record_of_publication(version):
    """Its ids, its proposal, and its timetable by what the log states of it."""
    publication = version.publication
    return {
        "publication": publication.pk,
        "policy": str(version.policy.key),
        "number": version.number,
        "proposal": publication.proposal,
        "proposal_sha256": publication.proposal_sha256,
        **record_of(publication, standing(publication)),
    }


def standing(publication):
    """Where it stands by its entries."""
    published = queries.entry_of(publication)
    if published is None:
        raise NotFound(what=_("entry that announced"), name=publication, known=known([]))
    stands = timetable.announced(published.link)
    for entry in publication.entries.filter(seq__gt=published.seq).order_by("seq"):
        stands.follow(entry.link)
    return stands
