"""One mail as it goes to one person, before it is written down (mime.py)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Mail:
    """Addresses are plain, names may be empty.

    slots: (as written in text and html, this person's plain text) of each open
    slot; headers: (name, value) of what else the head says.
    """

    sender_name: str
    sender_email: str
    reply_to: str
    recipient_name: str
    recipient_email: str
    subject: str
    text: str
    html: str
    message_id: str
    sent_at: datetime
    slots: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
