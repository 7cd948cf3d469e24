"""Erase a person: address, name and id go from every table, the lines of proof stay."""

from django.core.management.base import BaseCommand

from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import publisher_named
from notifications.actions.erase_recipient import erase_recipient
from notifications.people import person_with_address


class Command(BaseCommand):
    help = "Erase a person for good. What proves that somebody was told stays, without the person."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, email, publisher, by, json, **options):
        with plain_errors():
            user = user_named(by)
            found = person_with_address(publisher_named(publisher), email, by=user)
            person = erase_recipient(recipient_id=found.pk, by=user)
        facts = {"recipient": person.pk, "erased_at": person.erased_at}
        report(self.stdout, facts, as_json=json)
