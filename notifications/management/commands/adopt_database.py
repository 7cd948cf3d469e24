"""Make this installation the one that sends from this database, after a restore or a move."""

from django.core.management.base import BaseCommand

from documents.management.arguments import add_by_argument
from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from notifications.actions.standing_by import adopt_database


class Command(BaseCommand):
    help = "Say that this installation, and no other, sends mail from this database."

    def add_arguments(self, parser):
        add_by_argument(parser)

    def handle(self, **options):
        with plain_errors():
            adopt_database(by=user_named(options["by"]))
        report(self.stdout, {"adopted": True}, as_json=options["json"])
