"""Record what came back of one message: delivered, bounced, complained."""

from datetime import datetime

from django.core.management.base import BaseCommand

from documents.management.arguments import add_by_argument
from documents.management.reporting import plain_errors, report
from documents.permissions import require, user_named
from documents.queries import publisher_named
from legalcms import clock
from notifications.actions.record_event import record_event
from notifications.models.deliveries import EventKind


class Command(BaseCommand):
    help = "Record an event of a message that was sent, by its Message-ID; told twice, it is one."

    def add_arguments(self, parser):
        parser.add_argument("message_id", metavar="MESSAGE-ID")
        parser.add_argument("--kind", required=True, choices=EventKind.values)
        parser.add_argument("--code", default="", help="such as 5.1.1")
        parser.add_argument(
            "--at", type=datetime.fromisoformat, help="with its zone, as 2026-03-01T09:00+01:00"
        )
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        add_by_argument(parser)

    def handle(self, *, message_id, kind, code, at, **options):
        with plain_errors():
            publisher = publisher_named(options["publisher"])
            require(user_named(options["by"]), "manage_recipients", publisher)
            event = record_event(
                publisher=publisher,
                message_id=message_id,
                kind=kind,
                happened_at=at.astimezone() if at else clock.now(),
                code=code,
            )
        facts = {"event": event.kind, "state": event.delivery.state}
        report(self.stdout, facts, as_json=options["json"])
