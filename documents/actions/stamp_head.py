"""Have an outside authority date the head of a publisher's log (RFC 3161).

A stamp proves that the log was no younger and, with the head, no other. Nothing
rests on it from inside: an authority that fails leaves the head without a stamp,
and whoever asks again later gets one of the head as it is then. Not itself an
entry of the log, for that would move the head.
"""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from documents import authority
from documents.errors import AuthorityFailed, NoAuthority
from documents.evidence import timestamps
from documents.models import Chain, TimeStamp
from legalcms import clock

MAX_APART = timedelta(minutes=5)


def stamp_head(*, publisher):
    """The TimeStamp of the current head, asked for now unless there is one.

    Not for inside a transaction: it waits for the network. Raises NoAuthority,
    RootsUnreadable, AuthorityFailed; then nothing was stored.
    """
    head = Chain.objects.get(publisher=publisher)
    return publisher.time_stamps.filter(seq=head.seq).first() or _stamped(head)


def _stamped(head):
    stamp = ask_for_stamp(head.sha256)
    made, _is_new = TimeStamp.objects.get_or_create(
        publisher_id=head.publisher_id,
        seq=head.seq,
        defaults={
            "sha256": head.sha256,
            "authority": authority.name(),
            "stamped_at": stamp.gen_time,
            "token": stamp.token,
        },
    )
    return made


def ask_for_stamp(sha256):
    """A timestamps.Stamp that was checked."""
    roots = authority.trusted_roots()
    if not settings.TSA_URL or roots is None:
        raise NoAuthority()
    asked = timestamps.request(sha256)
    answer = authority.ask(asked.body)
    try:
        stamp = timestamps.check(answer, asked, roots)
    except timestamps.StampRefused as refused:
        raise AuthorityFailed(problem=str(refused).rstrip(".")) from None
    require_now(stamp.gen_time)
    return stamp


def require_now(gen_time):
    """One of two clocks is wrong; a stamp that says so proves nothing that we would want."""
    if abs(gen_time - clock.now()) > MAX_APART:
        shown = {"at": gen_time.isoformat(timespec="seconds")}
        raise AuthorityFailed(
            problem=_("it says that it is %(at)s, and our clock does not") % shown
        )
