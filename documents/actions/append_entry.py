"""Append to the evidence log. The last step of a transaction: it locks the publisher's chain."""

from documents.errors import ClockWentBack
from documents.evidence.canonical import plain
from documents.evidence.chain import Link
from documents.models import Chain, Entry
from documents.models.entries import SYSTEM
from legalcms import clock


def append_entry(*, publisher, kind, payload, actor=None, publication=None):
    """Add one entry and return it. Call inside a transaction.

    payload: canonical values only; actor: an Actor, or None for the system itself.
    Raises ClockWentBack: no entry is dated before the one that it follows.
    """
    chain = Chain.objects.select_for_update().get(publisher=publisher)
    now = not_before(chain, clock.now())
    link = Link(
        publisher=publisher.slug,
        seq=chain.seq + 1,
        at=now,
        kind=kind,
        actor=str(actor.key) if actor else SYSTEM,
        payload=plain(payload),
        previous=chain.sha256,
    )
    entry = Entry.objects.create(
        publisher=publisher,
        publication=publication,
        seq=link.seq,
        at=link.at,
        kind=link.kind,
        actor=link.actor,
        payload=link.payload,
        previous=link.previous,
        sha256=link.sha256,
    )
    chain.seq, chain.sha256 = entry.seq, entry.sha256
    chain.save(update_fields=["seq", "sha256"])
    return entry


def not_before(chain, now):
    """The instant of the next entry. A clock that was set back a little stands still till then."""
    last = Entry.objects.filter(publisher_id=chain.publisher_id, seq=chain.seq).first()
    if last is None or last.at <= now:
        return now
    if last.at - now > clock.MAX_SKEW:
        raise ClockWentBack(last=last.at.isoformat(timespec="seconds"))
    return last.at
