"""From a mail that came back to a recorded event."""

from documents.errors import NotFound
from legalcms import clock
from notifications.actions.record_event import record_event
from notifications.errors import AnswerOutstanding
from notifications.feedback.reading import AUTOMATIC, read
from notifications.feedback.reports import named
from notifications.return_path import ForgedReturnPath, delivery_behind

RECORDED = "recorded"
IGNORED = "automatic answers"
UNKNOWN = "unknown messages"
FORGED = "forged"
UNREADABLE = "not understood"
EARLY = "too early"

DONE = (RECORDED, IGNORED)  # nothing is left for a person to look at


def hear(raw):
    """Record what one mail reports. Returns what became of it, as one of the words above."""
    report = read(raw)
    if report is None:
        return UNREADABLE
    if report is AUTOMATIC:
        return IGNORED
    try:
        message_id = message_of(report)
        record_event(
            message_id=message_id,
            kind=report.kind,
            happened_at=report.happened_at or clock.now(),
            code=report.code,
            told_as=named(report.told_as, message_id),
        )
    except ForgedReturnPath:
        return FORGED
    except NotFound:
        return UNKNOWN
    except AnswerOutstanding:
        return EARLY
    return RECORDED


def message_of(report):
    """Our Message-ID: by the return path that the report came to, else by what it returns.

    A Message-ID is as hard to guess as a signature; but where a return path
    pretends to be ours, nothing else in the report is believed: ForgedReturnPath.
    """
    for address in report.addresses:
        delivery = delivery_behind(address)
        if delivery is not None:
            return delivery.message_id
    if not report.message_id:
        raise NotFound(what="message", name="", known="those that were sent")
    return report.message_id
