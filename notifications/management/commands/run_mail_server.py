"""A small SMTP server for development: keeps each message as a file, passes none on."""

import os
import signal
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents.management.arguments import port
from legalcms import clock


class Keeper:
    """Writes each message to ``folder`` under a name that sorts by time."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.count += 1
        name = f"{clock.now():%Y%m%dT%H%M%S%f}-{self.count:06}.eml"
        (self.folder / name).write_bytes(envelope.original_content)
        return "250 Kept"


class Command(BaseCommand):
    help = "Serve SMTP on 127.0.0.1 and keep each message as a file."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=port, default=settings.SMTP["port"])
        parser.add_argument("--folder", type=Path, default=settings.DATA / "mail")

    def handle(self, *, port, folder, **options):
        self._prepare(folder)
        stop = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_args: stop.set())
        server = Controller(Keeper(folder), hostname="127.0.0.1", port=port)
        try:
            server.start()
        except OSError as error:
            raise CommandError(f"Port {port} cannot be used ({error.strerror}).") from error
        self.stdout.write(f"Keeping mail in {folder}")
        stop.wait()
        server.stop()

    def _prepare(self, folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{folder} cannot be made ({error.strerror}).") from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise CommandError(f"{folder} cannot be written to.")
