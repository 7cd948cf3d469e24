"""Have the heads of evidence logs dated from outside; for a timer, such as cron, once a day."""

from django.core.management.base import BaseCommand

from documents.actions.stamp_head import stamp_head
from documents.management.reporting import plain_errors, report
from documents.models import Publisher
from documents.queries import publisher_named


class Command(BaseCommand):
    help = (
        "Ask the time stamp authority for a stamp of the head of an evidence log. A head that has "
        "one is left alone; what failed is tried again at the next run."
    )

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--publisher", metavar="SLUG")
        which.add_argument("--all", action="store_true", help="every publisher")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *, publisher, json, **options):
        with plain_errors():
            chosen = [publisher_named(publisher)] if publisher else Publisher.objects.order_by("pk")
            for each in chosen:
                stamp = stamp_head(publisher=each)
                facts = {
                    "publisher": each.slug,
                    "entry": stamp.seq,
                    "sha256": stamp.sha256,
                    "stamped at": stamp.stamped_at.isoformat(),
                    "authority": stamp.authority,
                }
                report(self.stdout, facts, as_json=json)
