"""Add recipients from a CSV file or the command line."""

import csv
import re
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from documents.errors import InvalidInput
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
        rows = [(f"address {n}", (email, "")) for n, email in enumerate(emails, start=1)]
        if file:
            rows += self._read(file)
        if not rows:
            raise CommandError("There is no address: give some, or a --file that holds some.")
        places, people = zip(*rows, strict=True)
        with plain_errors(), naming(places):
            added = add_recipients(
                publisher=publisher_named(publisher), people=people, by=user_named(by)
            )
        report(self.stdout, {"given": len(people), "added": added}, as_json=json)

    def _read(self, path):
        """[(place in the file, (email, name))], without header and blank lines."""
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                rows = list(numbered(csv.reader(lines)))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{path}: cannot be read as CSV in UTF-8 ({error})") from error
        if rows and rows[0][1][0].lower() in {"email", "e-mail"}:
            rows = rows[1:]
        return [(f"{path}, line {line}", (row[0], "".join(row[1:2]))) for line, row in rows]


def numbered(reader):
    """(line on which it begins, cells) of each row that holds anything."""
    begins = 1
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield begins, cells
        begins = reader.line_num + 1


@contextmanager
def naming(places):
    """Say which address of the command is meant: the action counts people, from 1."""
    try:
        yield
    except InvalidInput as error:
        found = re.fullmatch(r"line (\d+)", str(error.data.get("field", "")))
        if found is None:
            raise
        place = places[int(found[1]) - 1]
        raise InvalidInput(field=place, problem=error.data["problem"]) from error
