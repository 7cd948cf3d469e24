"""Forget the addresses of people whom the publisher's own system knows, once all are told."""

from django.core.management.base import BaseCommand

from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import publisher_named
from notifications.actions.purge_addresses import purge_addresses


class Command(BaseCommand):
    help = "Forget addresses that the publisher's own system has; the proofs stay."

    def add_arguments(self, parser):
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, publisher, by, json, **options):
        with plain_errors():
            purged = purge_addresses(publisher=publisher_named(publisher), by=user_named(by))
        report(self.stdout, {"purged": purged}, as_json=json)
