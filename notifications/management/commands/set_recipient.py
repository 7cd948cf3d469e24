"""Say of one person what the publisher's own system has, keyed on its id for that person."""

from django.core.management.base import BaseCommand

from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import publisher_named
from notifications.actions.upsert_recipient import Person, upsert_recipient
from notifications.models import RecipientRole


class Command(BaseCommand):
    help = "Add or change one person, keyed on the publisher's own id."

    def add_arguments(self, parser):
        parser.add_argument("external_id", metavar="ID")
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="")
        parser.add_argument("--language", default="")
        parser.add_argument("--time-zone", default="")
        parser.add_argument("--role", action="append", choices=RecipientRole.values, default=[])
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, publisher, by, json, role, **options):
        said = ("external_id", "email", "name", "language", "time_zone")
        person = Person(**{name: options[name] for name in said}, roles=tuple(role))
        with plain_errors():
            recipient, changed = upsert_recipient(
                publisher=publisher_named(publisher), person=person, by=user_named(by)
            )
        report(self.stdout, {"recipient": recipient.pk, "changed": changed}, as_json=json)
