"""Stop writing to an address, or begin again."""

from django.core.management.base import BaseCommand

from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import publisher_named
from notifications.actions.suppress_recipient import lift_suppression, suppress_recipient
from notifications.people import person_with_address


class Command(BaseCommand):
    help = "Stop writing to an address, for a reason; --lift begins again."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--reason")
        what.add_argument("--lift", action="store_true")
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, email, reason, lift, publisher, by, json, **options):
        with plain_errors():
            user = user_named(by)
            found = person_with_address(publisher_named(publisher), email, by=user)
            if lift:
                person = lift_suppression(recipient_id=found.pk, by=user)
            else:
                person = suppress_recipient(recipient_id=found.pk, reason=reason, by=user)
        facts = {"recipient": person.pk, "suppressed_at": person.suppressed_at}
        report(self.stdout, facts, as_json=json)
