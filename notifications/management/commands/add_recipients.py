"""Add recipients from a CSV file or the command line."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import publisher_named
from notifications.actions.add_recipients import add_recipients


class Command(BaseCommand):
    help = "Add people to be told: --file CSV (email, name) or addresses as arguments."

    def add_arguments(self, parser):
        parser.add_argument("emails", nargs="*", metavar="EMAIL")
        parser.add_argument("--file", type=Path, help="CSV: e-mail address, name")
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, emails, file, publisher, by, json, **options):
        people = [(email, "") for email in emails]
        if file:
            people += self._read(file)
        with plain_errors():
            added = add_recipients(
                publisher=publisher_named(publisher), people=people, by=user_named(by)
            )
        report(self.stdout, {"given": len(people), "added": added}, as_json=json)

    def _read(self, path):
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = [row for row in csv.reader(lines) if row]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{path}: cannot be read as CSV in UTF-8 ({error})") from error
        if rows and rows[0][0].strip().lower() in {"email", "e-mail"}:
            rows = rows[1:]
        return [(row[0].strip(), row[1].strip() if len(row) > 1 else "") for row in rows]
