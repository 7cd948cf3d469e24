"""The hash chain: each link holds the hash of the one before it.

An edit, a deletion, an insertion and a change of order all break it, and so do
an entry of another publisher and one that is dated before the one that it
follows. A cut tail does not, which is why the head is published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .canonical import digest

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One entry as it is hashed. ``payload`` holds canonical values only."""

    publisher: str
    seq: int
    at: datetime
    kind: str
    actor: str
    payload: Mapping[str, Any]
    previous: str

    @property
    def sha256(self) -> str:
        return digest(
            {
                "publisher": self.publisher,
                "seq": self.seq,
                "at": self.at,
                "kind": self.kind,
                "actor": self.actor,
                "payload": self.payload,
                "previous": self.previous,
            }
        )


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold, and why."""

    seq: int
    reason: str


def first_break(links: Iterable[tuple[Link, str]]) -> Break | None:
    """Check (link, stored hash) pairs in order from the first; None if all hold."""
    before, previous = None, GENESIS
    for seq, (link, stored) in enumerate(links, 1):
        if link.seq != seq:
            return Break(seq, f"is not there: entry {link.seq} stands in its place")
        reason = _why_broken(link, stored, previous, before)
        if reason:
            return Break(seq, reason)
        before, previous = link, stored
    return None


def _why_broken(link: Link, stored: str, previous: str, before: Link | None) -> str | None:
    if link.previous != previous:
        return "does not follow the entry before it"
    if not _is_intact(link, stored):
        return "does not match its hash"
    if before and link.publisher != before.publisher:
        return "is of another publisher"
    if before and link.at < before.at:
        return f"is dated before entry {before.seq}"
    return None


def _is_intact(link: Link, stored: str) -> bool:
    try:
        return link.sha256 == stored
    except (TypeError, ValueError):  # changed into what has no canonical form
        return False
