"""Texts removed by order: a marker stands where the log says so, there alone, and stays."""

from django.utils.translation import gettext as _

from documents import markup
from documents.evidence.reading import Unsound
from documents.models import Place, Removal
from documents.models.clauses import text_sha256

from .log import name_of


def check_removals(publisher, log, watch):
    places = Place.objects.filter(policy__publisher=publisher, text__isnull=False)
    places = places.select_related("policy", "text__removal").order_by("pk")
    check_markers(places.filter(text__removal__isnull=False), log)
    keys = {key for _policy, key, _sha256 in log.removed}
    check_nothing_came_back(places.filter(text__removal__isnull=True, key__in=keys), log)
    removals = Removal.objects.filter(policy__publisher=publisher).order_by("pk")
    for removal in watch.over(removals.prefetch_related("sealed"), "removals"):
        check_sealed(removal)


def check_markers(places, log):
    """Only a removal that the log names lets a marker stand for a text; it names its order."""
    for place in places.iterator(chunk_size=500):
        if text_in_log(place) not in log.removed:
            raise Unsound(
                _(
                    "%(policy)s: the text of clause %(clause)s is gone, and the log knows of no "
                    "order to remove it"
                )
                % {"policy": place.policy, "clause": place}
            )
        words, order = markup.to_text(place.text.body), place.text.removal.order
        if place.text.heading or " ".join(order.split()) not in " ".join(words.split()):
            raise Unsound(
                _("%(row)s stands for a removed text and does not name the order")
                % {"row": name_of(place.text)}
            )


def check_nothing_came_back(places, log):
    """Not where it stood when it was removed. It may have been published anew since."""
    for place in places.iterator(chunk_size=500):
        published = log.announced.get((str(place.policy.key), place.since))
        if (published.seq if published else 0) < log.removed.get(text_in_log(place), 0):
            raise Unsound(
                _("%(policy)s: the text of clause %(clause)s was removed by order and is back")
                % {"policy": place.policy, "clause": place}
            )


def text_in_log(place):
    return str(place.policy.key), str(place.key), place.text.sha256


def check_sealed(removal):
    """The sealed originals are the removed texts, unless they had to be destroyed."""
    sealed = removal.sealed.all()
    for text in sealed:
        if text_sha256(text.heading, text.body) != text.sha256:
            raise Unsound(_("%(row)s does not match its hash") % {"row": name_of(text)})
    expected = set() if removal.is_destroyed else set(removal.texts)
    if {text.sha256 for text in sealed} != expected:
        raise Unsound(
            _("%(row)s: the sealed originals are not the texts that were removed")
            % {"row": name_of(removal)}
        )
