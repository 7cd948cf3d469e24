"""Run site, worker and mail server together, until Ctrl-C or until one of them ends."""

import signal
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from legalcms.environment import ROOT

GRACE = 10  # seconds for a process to end by itself


class Command(BaseCommand):
    help = "Run site, worker, watch and mail server together; Ctrl-C stops all of them."

    def handle(self, **options):
        manage = [sys.executable, str(ROOT / "manage.py")]
        commands = {
            "mail server": [*manage, "run_mail_server"],
            "worker": [*manage, "run_worker"],
            "watch": [*manage, "run_watch"],
            "site": [
                *(sys.executable, "-m", "gunicorn", "legalcms.wsgi"),
                *("--bind", f"127.0.0.1:{settings.PORT}"),
                *("--worker-class", "gthread", "--threads", "8", "--log-level", "warning"),
                *("--env", "DJANGO_SETTINGS_MODULE=legalcms.settings.dev"),
            ],
        }
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._stop)
        # A session of its own: Ctrl-C reaches this process alone, which then ends the others.
        processes = {
            name: subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603
            for name, command in commands.items()
        }
        self.stdout.write("Running. Ctrl-C stops everything.")
        try:
            ended = self._first_to_end(processes)
        except KeyboardInterrupt:
            ended = None
        finally:
            self._end(processes.values())
        if ended:
            raise CommandError(f"The {ended} ended, so everything was stopped.")
        self.stdout.write("Stopped. The data is kept.")

    def _stop(self, *_args):
        raise KeyboardInterrupt

    def _first_to_end(self, processes):
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    return name
            time.sleep(0.3)

    def _end(self, processes):
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
