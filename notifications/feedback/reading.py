"""Turn a mail that came back into a Report.

Only what a machine wrote for machines is believed: a delivery status
notification (RFC 3464; RFC 6533 beyond ASCII) and an abuse report (RFC 5965),
each as the mail itself, never as something that a person forwards. An automatic
answer (RFC 3834) is nothing. Rejected: guessing from subjects and sentences, as
bounce parsers do; what is not understood waits for a person.
"""

import re
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from notifications.feedback.parts import blocks, has_part, part
from notifications.feedback.reports import Report, message_id_in, named
from notifications.models.deliveries import EventKind
from notifications.status_codes import code_in

AUTOMATIC = "automatic answer"
STATUS = ("message/delivery-status", "message/global-delivery-status")
ACTIONS = {
    "failed": EventKind.BOUNCED,
    "delayed": EventKind.DEFERRED,
    "delivered": EventKind.DELIVERED,
}
DAEMONS = re.compile(r"\b(mailer-daemon|postmaster)@", re.IGNORECASE)
# Where mail systems leave the address that a report was sent to, and ARF its subject's sender.
SENT_TO = ("to", "delivered-to", "x-original-to", "envelope-to")


def read(raw):
    """bytes of one mail → a Report, AUTOMATIC, or None where it is not understood."""
    mail = message_from_bytes(raw)
    if mail.get_content_type() == "multipart/report":
        if has_part(mail, "message/feedback-report"):
            return _abuse_report(mail, raw)
        if has_part(mail, *STATUS):
            return _status_notification(mail, raw)
        if has_part(mail, "message/disposition-notification"):
            return AUTOMATIC
    return AUTOMATIC if _is_automatic(mail) else None


def _status_notification(mail, raw):
    """Of several recipients, which relays add on the way, a failure is what counts."""
    found = {}
    for fields in blocks(part(mail, *STATUS)):
        kind = ACTIONS.get(_text(fields, "action").lower().split("(")[0].strip())
        if kind is not None:
            found.setdefault(kind, fields)
    kind = next((each for each in ACTIONS.values() if each in found), None)
    if kind is None:
        return None
    fields = found[kind]
    code = code_in(_text(fields, "status")) or code_in(_text(fields, "diagnostic-code"))
    at = _instant(fields, "last-attempt-date") or _instant(mail, "date")
    return _report(mail, raw, kind, code, at, ())


def _abuse_report(mail, raw):
    """Only abuse is a complaint. Other kinds (fraud, not-spam, opt-out) are for a person."""
    fields = next(iter(blocks(part(mail, "message/feedback-report"))), Message())
    kind = _text(fields, "feedback-type").lower()
    if kind != "abuse":
        return None
    at = _instant(fields, "arrival-date") or _instant(mail, "date")
    sender = _text(fields, "original-mail-from")
    return _report(mail, raw, EventKind.COMPLAINED, kind, at, (sender,))


def _report(mail, raw, kind, code, at, also):
    headers = [_text_of(value) for name in SENT_TO for value in mail.get_all(name, [])]
    addresses = [address for _name, address in getaddresses([*headers, *also]) if address]
    own_name = _text(mail, "message-id")
    return Report(
        kind=kind,
        code=code,
        happened_at=at,
        told_as=named("mail", own_name or raw.decode("latin-1"), kind),
        message_id=_returned_id(mail),
        addresses=tuple(dict.fromkeys(addresses))[:20],
    )


def _returned_id(mail):
    """The Message-ID of the mail that the report is about, from its returned headers."""
    returned = part(mail, "message/rfc822", "message/global", "text/rfc822-headers")
    if returned is None:
        returned = part(mail, "message/global-headers")
    if returned is None:
        return ""
    headers = next(iter(blocks(returned)), Message())
    return message_id_in(_text(headers, "message-id"))


def _is_automatic(mail):
    """Out of office, challenges and the like. They often have a null return path as well.

    A bounce in sentences may carry the same marks: what a mail system wrote is for a person.
    """
    if mail.get("x-failed-recipients") or DAEMONS.search(_text(mail, "from")):
        return False
    said = _text(mail, "auto-submitted").lower()
    if said.startswith(("auto-replied", "auto-notified")):
        return True
    robots = ("x-autoreply", "x-autorespond", "x-auto-response-suppress")
    if any(mail.get(name) for name in robots):
        return True
    return _text(mail, "precedence").lower() == "auto_reply"


def _instant(fields, name):
    try:
        at = parsedate_to_datetime(_text(fields, name))
    except (ValueError, TypeError, OverflowError):
        return None
    return at if at.tzinfo else None


def _text(fields, name):
    return _text_of(fields.get(name, ""))


def _text_of(value):
    """Header values may be Header objects, where bytes beyond ASCII stand in them."""
    return " ".join(str(value).split())[:1000]
