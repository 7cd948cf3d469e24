"""Write the recipients of a publisher as CSV, in the form that import_recipients reads."""

from django.core.management.base import BaseCommand

from documents.management.reporting import plain_errors
from documents.permissions import require, user_named
from documents.queries import publisher_named
from notifications import recipient_csv
from notifications.models import Recipient


class Command(BaseCommand):
    help = "Write everyone who is to be told as CSV. No cell is one that a spreadsheet would run."

    def add_arguments(self, parser):
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")

    def handle(self, *, publisher, by, **options):
        with plain_errors():
            publisher = publisher_named(publisher)
            require(user_named(by), "manage_recipients", publisher)
        people = Recipient.objects.to_be_told().filter(publisher=publisher, purged_at__isnull=True)
        for line in recipient_csv.lines(people.order_by("pk").iterator(chunk_size=2000)):
            self.stdout.write(line, ending="")
