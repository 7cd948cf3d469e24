"""Time stamps: each names an entry of the log as it stands, and still proves its instant."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents import authority
from documents.evidence.reading import Unsound
from documents.evidence.timestamps import StampRefused, check_token
from documents.models import Chain, TimeStamp

from .log import name_of


def check_stamps(publisher, log, watch):
    """Without trusted roots a token is not looked into: ``notes`` says so."""
    roots = authority.trusted_roots()
    stamps = publisher.time_stamps.order_by("seq")
    for stamp in watch.over(stamps.iterator(chunk_size=100), "time stamps"):
        if log.heads.get(stamp.seq) != stamp.sha256:
            raise Unsound(
                _("%(row)s is of another entry %(seq)s than the log holds")
                % {"row": name_of(stamp), "seq": stamp.seq}
            )
        if roots is not None:
            check_stamp(stamp, roots)


def check_stamp(stamp, roots):
    """The token once more, against the head that it names."""
    try:
        found = check_token(token_of(stamp), stamp.sha256, roots)
    except StampRefused as problem:
        raise Unsound(
            _("%(row)s, entry %(seq)s: %(problem)s")
            % {"row": name_of(stamp), "seq": stamp.seq, "problem": problem}
        ) from None
    if found.gen_time != stamp.stamped_at:
        raise Unsound(
            _("%(row)s, entry %(seq)s: stamped_at is not what its token says")
            % {"row": name_of(stamp), "seq": stamp.seq}
        )


def token_of(stamp):
    """Its bytes. SQLite holds a text where somebody put one."""
    token = stamp.token
    return token.encode() if isinstance(token, str) else bytes(token)


def notes():
    """What was not checked, or cannot be proved from outside; sentences for people."""
    count = TimeStamp.objects.count()
    if count and authority.trusted_roots() is None:
        yield ngettext(
            "%(count)s time stamp was not looked into: LEGALCMS_TSA_ROOTS is not set",
            "%(count)s time stamps were not looked into: LEGALCMS_TSA_ROOTS is not set",
            count,
        ) % {"count": count}
    stamped = TimeStamp.objects.filter(publisher=OuterRef("publisher"), seq=OuterRef("seq"))
    unsigned = Chain.objects.exclude(Exists(stamped)).order_by("publisher__slug")
    for slug, seq in unsigned.values_list("publisher__slug", "seq"):
        yield _("%(publisher)s: head %(seq)s has no time stamp") % {"publisher": slug, "seq": seq}
