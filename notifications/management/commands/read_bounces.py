"""Read the mailbox that reports come to: bounces, delays, complaints."""

import logging
from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents.management.reporting import plain_errors, report
from legalcms import clock
from notifications.actions.standing_by import require_own_database
from notifications.feedback.hearing import DONE, EARLY, RECORDED, UNREADABLE, hear
from notifications.feedback.mailboxes import open_mailbox
from notifications.models import Beat

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Record what came back by mail. What is recorded is removed from the mailbox; what nobody "
        "understood is kept in its folder not-understood."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "mailbox",
            nargs="?",
            metavar="URL",
            help="maildir:///path or mbox:///path; default: LEGALCMS_BOUNCES_URL",
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *, mailbox, json, **options):
        url = mailbox or settings.BOUNCES_URL
        if not url:
            raise CommandError("Name a mailbox, or set LEGALCMS_BOUNCES_URL.")
        with plain_errors():
            require_own_database()  # a copy would empty the mailbox of the installation that sends
        counts = Counter({RECORDED: 0, UNREADABLE: 0})
        try:
            with open_mailbox(url) as box:
                for key, raw in box.mails():
                    counts[sort(box, key, raw)] += 1
        except (OSError, ValueError) as error:
            raise CommandError(f"The mailbox cannot be read: {error}") from error
        Beat.objects.update_or_create(name=Beat.BOUNCES, defaults={"at": clock.now()})
        report(self.stdout, dict(counts), as_json=json)


def sort(box, key, raw):
    """Record one mail, then put it where it belongs. Returns what became of it."""
    outcome = heard(key, raw)
    if outcome in DONE:
        box.drop(key)
    elif outcome != EARLY:
        box.set_aside(key)
    return outcome


def heard(key, raw):
    """A mail on which our own reading fails is set aside too: the others are read all the same."""
    if raw is None:
        return UNREADABLE
    try:
        return hear(raw)
    except Exception:
        logger.exception("Mail %s of the mailbox cannot be read", key)
        return UNREADABLE
