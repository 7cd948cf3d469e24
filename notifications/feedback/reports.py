"""What a report says, whoever sent it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from notifications.models.deliveries import EventKind

MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")  # as ours are: no blanks, ASCII alone


@dataclass(frozen=True)
class Report:
    """One thing that happened to one message of ours.

    code: an enhanced status code, a reply code, or a word of the reporter's.
    happened_at: aware, or None where the report does not say. addresses: what may
    be a return path of ours; message_id: as the returned headers have it.
    told_as: see named().
    """

    kind: EventKind
    code: str
    happened_at: datetime | None
    told_as: str
    message_id: str = ""
    addresses: tuple[str, ...] = ()


def named(*parts):
    """The SHA-256 that a report goes by, so that it is recorded once."""
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()


def message_id_in(text):
    """The first Message-ID in a text, with its brackets; else an empty text."""
    found = MESSAGE_ID.search(text)
    return found[0] if found else ""
