"""What a notice says: rendered once per language with named slots, stored and hashed.

Sending only fills the slots. They are fixed words in brackets, replaced as
text: there is no template language in what is stored, so nothing that an
editor writes in a policy can be executed here.
"""

import secrets
from dataclasses import dataclass
from html import escape

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format

from documents import links, queries
from documents.arranging import is_only_renumbered
from documents.comparison import Significance
from documents.evidence.canonical import digest
from documents.promises import legal_day, preset
from documents.promises.dates import add_period
from documents.promises.presets import Content
from notifications.mime import Mail

SLOTS = ("address",)
MAX_CHANGES_SHOWN = 40
MAX_CHARACTERS_SHOWN = 40_000


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


def render(notice, version):
    """The Wording of a notice about a version, in that version's language, slots open."""
    folder, token = "notifications/mail", secrets.token_hex(8)
    with translation.override(version.language):
        context = _context(notice, version) | {"address_slot": slot("address", token)}
        context["choices"] = _one_line(render_to_string(f"{folder}/choices.txt", context))
        context["subject"] = _one_line(render_to_string(f"{folder}/subject.txt", context))
        return Wording(
            subject=context["subject"],
            text=render_to_string(f"{folder}/notice.txt", context),
            html=render_to_string(f"{folder}/notice.html", context),
            slot_token=token,
        )


def wording_of(message):
    """What a stored NoticeMessage says, slots open; hashed anew from its words."""
    return Wording(message.subject, message.text, message.html)


def fill(message, slots):
    """A stored NoticeMessage with its slots filled. slots: name → plain text."""
    text, html = message.text, message.html
    for name in SLOTS:
        written = slot(name, message.slot_token)
        text = text.replace(written, slots[name])
        html = html.replace(written, escape(slots[name]))
    return Wording(message.subject, text, html)


def mail_for(delivery, sent_at):
    """The Mail of one delivery: the stored wording, this person's address, this instant."""
    publisher = delivery.notice.publication.publisher
    recipient = delivery.recipient
    wording = fill(message_for(delivery), {"address": recipient.email})
    return Mail(
        sender_name=publisher.sender_name,
        sender_email=publisher.sender_email,
        reply_to=publisher.contact,
        recipient_name=recipient.name,
        recipient_email=recipient.email,
        subject=wording.subject,
        text=wording.text,
        html=wording.html,
        message_id=delivery.message_id,
        sent_at=sent_at,
    )


def message_for(delivery):
    """The wording in the recipient's language where there is one, else in the policy's."""
    messages = {message.language: message for message in delivery.notice.messages.all()}
    return messages.get(delivery.recipient.language) or next(iter(messages.values()))


def _context(notice, version):
    publication = notice.publication
    old = queries.predecessor(version)
    redline = queries.redline(old, version)
    changes = redline.changed
    size = sum(len(edit.text) for change in changes for edit in change.edits)
    return _choices(publication, old) | {
        "notice": notice,
        "publication": publication,
        "is_in_effect": publication.effective_at <= notice.opened_at,
        "version": version,
        "old": old,
        "publisher": publication.publisher,
        "effective_day": _day(publication.effective_at, publication.publisher),
        "time_zone": publication.publisher.time_zone,
        "redline": redline,
        "changes": [change for change in changes if not is_only_renumbered(change)],
        "renumbered": [change for change in changes if is_only_renumbered(change)],
        "show_words": len(changes) <= MAX_CHANGES_SHOWN and size <= MAX_CHARACTERS_SHOWN,
        "policy_url": links.absolute(links.policy_path(version.policy)),
        "version_url": links.absolute(links.version_path(version)),
        "compare_url": links.absolute(links.compare_path(old, version)) if old else "",
        "entry": queries.entry_of(publication),
    }


def _choices(publication, old):
    """What people can do about the change: by the promise in force, and by the presets chosen."""
    if old is None:
        return {}
    version, presets = publication.versions.get(), publication.proposal.get("presets", [])
    significance = Significance(version.significance)
    at = publication.announced_at
    consent = queries.demands(version.policy, significance, at, presets).consent
    until = None
    if consent.object_within:
        told_on = legal_day(at, publication.publisher.zone)
        until = date_format(add_period(told_on, consent.object_within), "j F Y", use_l10n=False)
    ways = {content for each in presets for content in preset(each).content}
    return {
        "consent": consent.kind.value,
        "object_until": until,
        "may_end": Content.RIGHT_TO_END in ways,
    }


def _day(instant, publisher):
    return date_format(instant.astimezone(publisher.zone), "j F Y", use_l10n=False)


def _one_line(text):
    return " ".join(text.split())
