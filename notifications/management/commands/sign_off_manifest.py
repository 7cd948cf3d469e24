"""Answer, by name and with a reason, for a difference from the source system's manifest."""

from django.core.management.base import BaseCommand

from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import publisher_named
from notifications.actions.sign_off_manifest import sign_off_manifest


class Command(BaseCommand):
    help = "Sign for a difference between the people we hold and those that the source named."

    def add_arguments(self, parser):
        parser.add_argument("--reason", required=True)
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, reason, publisher, by, json, **options):
        with plain_errors():
            manifest = sign_off_manifest(
                publisher=publisher_named(publisher), reason=reason, by=user_named(by)
            )
        facts = {"made_at": manifest.made_at, "signed_at": manifest.signed_at}
        report(self.stdout, facts, as_json=json)
