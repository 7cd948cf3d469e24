"""The bytes of one mail. Pure: equal input gives equal bytes, so that their hash is proof.

The standard library's ``default`` policy refuses line breaks in headers and
encodes what is not ASCII; only the boundary, which it would draw at random,
is ours.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import idna


@dataclass(frozen=True)
class Mail:
    """One mail as it goes to one person. Addresses are plain, names may be empty."""

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


def build(mail: Mail) -> bytes:
    """The message with CRLF line ends. Raises ValueError for an address or header with breaks."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(mail.sender_name, mail.sender_email)
    message["To"] = _address(mail.recipient_name, mail.recipient_email)
    message["Reply-To"] = _address("", mail.reply_to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.sent_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: asks robots not to answer
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    message.set_boundary(hashlib.sha256(mail.message_id.encode()).hexdigest()[:40])
    return message.as_bytes()


def _address(name: str, email: str) -> Address:
    """In headers a domain stands in its ASCII form (IDNA 2008, with the mapping of UTS 46)."""
    local, _at, domain = email.rpartition("@")
    try:
        ascii_domain = idna.encode(domain, uts46=True).decode() if domain else domain
        return Address(display_name=name, addr_spec=f"{local}@{ascii_domain}")
    except (MessageError, IndexError, idna.IDNAError) as error:
        raise ValueError("not an address") from error
