"""Let the notices go out that were paused because no worker had run for long."""

from django.core.management.base import BaseCommand

from documents.management.arguments import add_by_argument
from documents.management.reporting import plain_errors, report
from documents.permissions import require, user_named
from documents.queries import publisher_named
from notifications.actions.pause_notice import resume_notice
from notifications.models import Notice


class Command(BaseCommand):
    help = "Resume all paused notices of a publisher: what they say is still true, and may go out."

    def add_arguments(self, parser):
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        add_by_argument(parser)

    def handle(self, **options):
        with plain_errors():
            user, publisher = user_named(options["by"]), publisher_named(options["publisher"])
            require(user, "publish", publisher)
            paused = Notice.objects.filter(
                publication__publisher=publisher, paused_at__isnull=False, closed_at__isnull=True
            )
            ids = list(paused.values_list("pk", flat=True))
            for pk in ids:
                resume_notice(notice_id=pk, by=user)
        report(self.stdout, {"resumed": len(ids)}, as_json=options["json"])
