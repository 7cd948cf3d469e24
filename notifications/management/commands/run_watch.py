"""Look for what does not move, verify and stamp the record, each when it is due, until stopped."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from documents.management.arguments import seconds
from documents.management.reporting import report
from legalcms import clock
from notifications import watching
from notifications.duties import DUTIES, keep
from notifications.errors import RestoredCopy

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Tell the team when work stands still: run it beside the workers, best on another machine, "
        "for a worker that is dead tells nobody. --once is for a timer such as cron."
    )

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due, then stop")
        parser.add_argument("--interval", type=seconds, default=10.0, help="seconds between looks")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *, once, interval, json, **options):
        stopping = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_args: stopping.set())
        while not stopping.is_set():
            done = {name: self._keep(name) for name in DUTIES}
            if once:
                found = watching.found(clock.now())
                report(self.stdout, done | {"troubles": len(found)}, as_json=json)
                break
            stopping.wait(interval)
            close_old_connections()  # one that broke is not kept

    def _keep(self, name):
        """A fault is logged; the duty comes back when its lease is over."""
        try:
            return keep(name)
        except RestoredCopy as error:
            raise CommandError(str(error)) from error
        except Exception:
            logger.exception("The duty %s failed", name)
            return False
