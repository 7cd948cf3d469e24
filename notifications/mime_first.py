"""The first recipe: each mail from nothing, by the standard library. Kept for what it made.

The ``default`` policy refuses line breaks in headers and encodes what is not
ASCII; only the boundary, which it would draw at random, is ours.
"""

import hashlib
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

import idna

from notifications.mail import Mail


def build_first(mail: Mail) -> bytes:
    text, html = mail.text, mail.html
    for written, value in mail.slots:
        text = text.replace(written, value)
        html = html.replace(written, escape(value))
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(mail.sender_name, mail.sender_email)
    message["To"] = _address(mail.recipient_name, mail.recipient_email)
    message["Reply-To"] = _address("", mail.reply_to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.sent_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
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
