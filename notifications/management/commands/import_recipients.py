"""Take in a CSV file of recipients, all of it or nothing, however large."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from documents.management.progress import Progress
from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import publisher_named
from notifications import recipient_csv
from notifications.actions.import_recipients import import_recipients
from notifications.errors import LinesRejected


class Command(BaseCommand):
    help = (
        "Take in a CSV file of recipients (columns: email, name, external_id, roles, language, "
        "time_zone), all of it or nothing. Every line that cannot be used is named."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, file, publisher, by, json, **options):
        with plain_errors():
            publisher, user = publisher_named(publisher), user_named(by)
            progress = Progress(self.stderr, str(file), max(1, 2 * self.count(file)))
            try:
                batch = self.take_in(file, publisher, user, progress)
            except LinesRejected as problem:
                for rejected in problem.data["batch"].rejected_lines.iterator(chunk_size=2000):
                    self.stderr.write(f"{file}, line {rejected}")
                raise
            finally:
                progress.close()
        facts = {"lines": batch.lines, "added": batch.added, "changed": batch.changed}
        report(self.stdout, facts, as_json=json)

    def take_in(self, file, publisher, user, progress):
        def ahead(rows):
            for _row in range(rows):
                progress.step()

        try:
            with file.open(encoding="utf-8-sig", newline="") as stream:
                return import_recipients(
                    publisher=publisher,
                    lines=recipient_csv.read(stream),
                    by=user,
                    watch=ahead,
                )
        except (OSError, UnicodeDecodeError, csv.Error) as problem:
            raise CommandError(f"{file}: cannot be read as CSV in UTF-8 ({problem})") from problem

    def count(self, file):
        """About how many lines there are, for the bar."""
        try:
            with file.open("rb") as stream:
                return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
        except OSError as problem:
            raise CommandError(f"{file}: cannot be read ({problem.strerror})") from problem
