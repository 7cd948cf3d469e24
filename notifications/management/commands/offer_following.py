"""Offer a publisher's readers to follow its texts by e-mail."""

from django.core.management.base import BaseCommand

from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import publisher_named
from notifications.actions.offer_following import offer_following


class Command(BaseCommand):
    help = "Let readers follow this publisher's texts; the mail comes from this address."

    def add_arguments(self, parser):
        parser.add_argument("sender_email", metavar="EMAIL")
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, sender_email, publisher, by, json, **options):
        with plain_errors():
            stream = offer_following(
                publisher=publisher_named(publisher), sender_email=sender_email, by=user_named(by)
            )
        report(self.stdout, {"sender_email": stream.sender_email}, as_json=json)
