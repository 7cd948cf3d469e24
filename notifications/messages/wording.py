"""Wording with slots: fixed words in brackets, replaced as text.

There is no template language in what is stored, so nothing that an editor
writes in a policy can be executed here.
"""

from dataclasses import dataclass
from html import escape

from documents.evidence.canonical import digest

SLOTS = ("address", "stop")


@dataclass(frozen=True)
class Wording:
    """Subject, plain text and HTML, with slots or filled."""

    subject: str
    text: str
    html: str
    slot_token: str = ""

    @property
    def sha256(self):
        return digest({"subject": self.subject, "text": self.text, "html": self.html})


def slot(name, token):
    """How a slot is written in stored wording. Nobody who writes a policy can know the token."""
    return f"[[{name}:{token}]]"


def wording_of(message):
    """What a stored NoticeMessage says, slots open; hashed anew from its words."""
    return Wording(message.subject, message.text, message.html)


def fill(message, slots):
    """A NoticeMessage, or a Wording, with slots filled. slots: name → plain text."""
    text, html = message.text, message.html
    for name, words in slots.items():
        written = slot(name, message.slot_token)
        text = text.replace(written, words)
        html = html.replace(written, escape(words))
    return Wording(message.subject, text, html)
