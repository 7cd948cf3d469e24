"""Deliver notices and decide publications, until stopped."""

import logging
import signal
import threading

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from documents.management.arguments import seconds
from documents.management.reporting import report
from documents.models import Publisher
from notifications.errors import RestoredCopy
from notifications.worker import run_round

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Deliver notices and decide publications. SIGTERM ends it after the open message."

    def add_arguments(self, parser):
        parser.add_argument("--until-idle", action="store_true", help="stop when nothing is due")
        parser.add_argument(
            "--interval", type=seconds, default=1.0, help="seconds between rounds that find nothing"
        )
        parser.add_argument("--json", action="store_true", help="print what was done as JSON")

    def handle(self, *, until_idle, interval, json, **options):
        self.check(tags=[Tags.database], databases=["default"])
        Publisher.objects.exists()  # a database that is not migrated ends here, not in every round
        self.stopping = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_args: self.stopping.set())
        totals = {}
        while not self.stopping.is_set():
            done = self._round()
            for step, count in done.items():
                totals[step] = totals.get(step, 0) + count
            if until_idle and not any(done.values()):
                break
            if not any(done.values()):
                self.stopping.wait(interval)
        report(self.stdout, totals, as_json=json)

    def _round(self):
        """One round. A fault is logged and the next round tries again: due work is a query."""
        close_old_connections()
        try:
            return run_round(keep_going=lambda: not self.stopping.is_set())
        except RestoredCopy as error:
            raise CommandError(str(error)) from error
        except Exception:
            logger.exception("A worker round failed")
            self.stopping.wait(5)
            return {"failed rounds": 1}
