"""Publications: each row's timetable is what the entries about it add up to."""

from django.utils.translation import gettext as _

from documents.evidence import timetable
from documents.evidence.canonical import plain
from documents.evidence.reading import Unsound
from documents.models import Publication

from .log import name_of, sha256_of

MOMENTS = ("announced_at", "cleared_at", "held_at", "withdrawn_at")


def check_publications(publisher, log, watch):
    left = dict(log.standings)
    publications = Publication.objects.filter(publisher=publisher).order_by("pk")
    for publication in watch.over(publications.iterator(chunk_size=500), "publications"):
        stands = left.pop(publication.pk, None)
        if stands is None:
            check_not_announced(publication)
        else:
            check_proposal(publication, stands)
            timetable.agreed(record_of(publication, stands), stands, name_of(publication))
    for pk in left:
        raise Unsound(_("publication %(pk)s was announced and is missing") % {"pk": pk})


def check_not_announced(publication):
    """A proposal that waits or was discarded: nothing of it has happened."""
    if sha256_of(publication.proposal) != publication.proposal_sha256:
        raise Unsound(_("%(row)s does not match its hash") % {"row": name_of(publication)})
    if any(getattr(publication, name) for name in MOMENTS):
        raise Unsound(_("%(row)s: the log did not announce it") % {"row": name_of(publication)})


def check_proposal(publication, stands):
    """What was announced is the proposal that was approved, with what it says of an exception."""
    proposal, sha256 = publication.proposal, publication.proposal_sha256
    if sha256_of(proposal) != sha256 or stands.said.get("proposal_sha256") != sha256:
        raise Unsound(
            _("%(row)s: the proposal is not the one that was announced")
            % {"row": name_of(publication)}
        )
    exception = proposal.get("exception") or {}
    if publication.ground_source != exception.get("source", ""):
        raise Unsound(
            _("%(row)s: ground_source is not what was proposed") % {"row": name_of(publication)}
        )


def record_of(publication, stands):
    """A publication's timetable as publication.json of an evidence folder has it.

    Of its dates and channels those that the log states: old entries stated less. What makes it
    one that was recorded later is never left out.
    """
    named = (*MOMENTS, "effective_at", "given_on")
    moments = {name: getattr(publication, name) for name in named}
    further = {"carries": publication.carries_id, **publication.timetable()}
    stated = {name: value for name, value in further.items() if name in stands.said}
    return plain(moments | stated)
