"""The mails that the demo's mail server kept, as messages. Read only; a name is never a path."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property

from django.conf import settings

NAME = re.compile(r"\d{8}T\d{12}-\d{6}")  # as run_mail_server names files
SHOWN = 200
HEADERS = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted")


@dataclass(frozen=True)
class Kept:
    """One mail. html: empty where it has none."""

    name: str
    message: EmailMessage

    @property
    def subject(self):
        return str(self.message["Subject"] or "")

    @property
    def to(self):
        return str(self.message["To"] or "")

    @property
    def date(self):
        return str(self.message["Date"] or "")

    @property
    def headers(self):
        others = [name for name in dict.fromkeys(self.message.keys()) if name not in HEADERS]
        return [
            (name, str(self.message[name])) for name in (*HEADERS, *others) if self.message[name]
        ]

    @cached_property
    def text(self):
        return self._part("plain")

    @cached_property
    def html(self):
        return self._part("html")

    def _part(self, kind):
        part = self.message.get_body((kind,))
        return part.get_content() if part is not None else ""


def newest():
    """The last SHOWN mails, newest first, and how many there are in all."""
    names = sorted((path.stem for path in _folder().glob("*.eml")), reverse=True)
    names = [name for name in names if NAME.fullmatch(name)]
    return [found for name in names[:SHOWN] if (found := kept(name))], len(names)


def kept(name):
    """The mail of this name, or None."""
    if not NAME.fullmatch(name):
        return None
    try:
        data = (_folder() / f"{name}.eml").read_bytes()
    except OSError:
        return None
    return Kept(name, message_from_bytes(data, policy=default))


def _folder():
    return settings.DATA / "mail"
