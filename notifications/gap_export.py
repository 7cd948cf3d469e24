"""A gap report as CSV and as JSON, in pieces: a million people pass through, none stays."""

import csv
import json
import logging
from dataclasses import dataclass

from documents.evidence.canonical import instant
from notifications.gap_report import rows

logger = logging.getLogger("notifications")
COLUMNS = (
    "delivery",
    "recipient",
    "address",
    "group",
    "reason",
    "reported",
    "accepted_at",
    "possible_duplicate",
    "topped_up",
    "message_id",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Piece:
    """A file for csv.writer that hands out what was written."""

    text: str = ""

    def write(self, text):
        self.text = text


def csv_pieces(notice, *, with_addresses):
    piece = Piece()
    writer = csv.writer(piece)
    writer.writerow(COLUMNS)
    yield piece.text
    for values in lines(notice, with_addresses=with_addresses):
        writer.writerow(safe(values[name]) for name in COLUMNS)
        yield piece.text


def json_pieces(notice, report, *, with_addresses):
    """One object: the sums, then the people, a line each."""
    yield json.dumps({"notice": notice.pk, **sums(notice, report)}, ensure_ascii=False)[:-1]
    yield ', "people": ['
    for number, values in enumerate(lines(notice, with_addresses=with_addresses)):
        yield f"{',' if number else ''}\n{json.dumps(values, ensure_ascii=False)}"
    yield "\n]}\n"


def sums(notice, report):
    """What was counted, by names that programs read."""
    return {
        "publication": notice.publication_id,
        "round": notice.round,
        "kind": notice.kind,
        "snapshot": report.snapshot,
        "is_listed": report.is_listed,
        "groups": [
            {"group": line.group.value, "reason": line.reason, "count": line.count}
            for line in report.lines
        ],
        "of_these": {
            "topped_up": report.topped_up,
            "complained": report.complained,
            "suppressed": report.suppressed,
        },
    }


def lines(notice, *, with_addresses):
    """One dict a person. Without the address, a line says nothing that names anybody."""
    for row in rows(notice):
        delivery, person = row.delivery, row.delivery.recipient
        yield {
            "delivery": delivery.pk,
            "recipient": person.pk,
            "address": person.email if with_addresses else "",
            "group": row.group.value,
            "reason": row.reason,
            "reported": row.last_word,
            "accepted_at": instant(delivery.accepted_at) if delivery.accepted_at else "",
            "possible_duplicate": delivery.possible_duplicate,
            "topped_up": person.joined_at > notice.opened_at,
            "message_id": delivery.message_id,
        }


def safe(value):
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def note_addresses(*, by, notice, what):
    """A read of personal data, logged by keys alone."""
    logger.info("User %s read addresses in the %s of notice %s", by.pk, what, notice.pk)
