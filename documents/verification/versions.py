"""Versions: their words make their hashes, and the log announced them and nothing else."""

from django.utils.translation import gettext as _

from documents.evidence.canonical import instant
from documents.evidence.contents import stated
from documents.evidence.reading import TEXT, Unsound
from documents.evidence.timetable import Fact
from documents.models import Version

from .log import name_of


def check_versions(publisher, log, watch):
    announced = dict(log.announced)
    versions = Version.objects.filter(policy__publisher=publisher).order_by("policy", "number")
    versions = versions.select_related("policy__publisher")
    for version in watch.over(versions.iterator(chunk_size=100), "versions"):
        check_text(version)
        check_announced(version, announced.pop((str(version.policy.key), version.number), None))
    for policy, number in announced:
        raise Unsound(
            _("version %(number)s of policy %(policy)s was announced and is missing")
            % {"number": number, "policy": policy}
        )


def check_text(version):
    """The words of each clause make its hash, and all together that of the version."""
    places = places_of(version)
    for place in places:
        if place.text.computed_sha256() != place.text.sha256:
            raise Unsound(_("%(row)s does not match its hash") % {"row": name_of(place.text)})
    try:
        holds = version.computed_sha256(places) == version.sha256
    except (TypeError, ValueError):  # changed into what has no canonical form
        holds = False
    if not holds:
        raise Unsound(_("%(version)s: the text does not match its hash") % {"version": version})


def places_of(version):
    try:
        places = version.places()
    except (KeyError, TypeError) as missing:
        raise Unsound(
            _("%(version)s: its clause in row %(row)s is missing")
            % {"version": version, "row": missing}
        ) from None
    for place in places:
        if place.text is None:
            raise Unsound(
                _("%(version)s: its clause in row %(row)s has no text")
                % {"version": version, "row": place.pk}
            )
    return places


def check_announced(version, link):
    """link: the entry that announced a version of this number, or None."""
    if link is None or stated(link, "version_sha256", TEXT) != version.sha256:
        raise Unsound(_("%(version)s: the log did not announce this text") % {"version": version})
    said = {"publication": version.publication_id, **link.payload, "frozen_by": link.actor}
    found = {
        "publication": version.publication_id,
        "draft_sha256": version.draft_sha256,
        "frozen_by": str(version.frozen_by),
    }
    for name, value in found.items():
        if said.get(name) != value:
            raise Unsound(
                _("%(version)s: %(column)s is not what entry %(seq)s says")
                % {"version": version, "column": name, "seq": link.seq}
            )
    Fact(link).confirm(instant(version.frozen_at), "frozen_at", str(version))
