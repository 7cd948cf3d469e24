"""The hash chain: each link holds the hash of the one before it.

An edit, a deletion, an insertion and a change of order all break it. A cut
tail does not, which is why the head is published.
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
    previous, expected = GENESIS, 1
    for link, stored in links:
        if link.seq != expected:
            return Break(expected, f"expected entry {expected}, found {link.seq}")
        if link.previous != previous:
            return Break(link.seq, "does not follow the entry before it")
        if link.sha256 != stored:
            return Break(link.seq, "its content does not match its hash")
        previous, expected = stored, expected + 1
    return None
