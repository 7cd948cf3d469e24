"""Tell who of a notice's audience was told, who was not, and why."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from documents.errors import NotFound
from documents.management.arguments import add_by_argument
from documents.management.reporting import plain_errors, report
from documents.permissions import may, require, user_named
from documents.queries import publisher_named
from notifications.gap_export import csv_pieces, json_pieces, note_addresses, sums
from notifications.gap_report import gap_report
from notifications.models import Notice


class Command(BaseCommand):
    help = "Count who was told by a notice; --csv FILE and --json-file FILE list every person."

    def add_arguments(self, parser):
        parser.add_argument("publication", type=int, metavar="PUBLICATION")
        parser.add_argument("--round", type=int, help="default: the newest")
        parser.add_argument("--csv", type=Path, metavar="FILE")
        parser.add_argument("--json-file", type=Path, metavar="FILE")
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        add_by_argument(parser)

    def handle(self, *, publication, round, csv, json_file, **options):
        with plain_errors():
            user, publisher = user_named(options["by"]), publisher_named(options["publisher"])
            require(user, "view", publisher)
            notice = notice_named(publisher, publication, round)
        with_addresses = may(user, "manage_recipients", publisher)
        counted = gap_report(notice)
        for path, pieces in (
            (csv, csv_pieces(notice, with_addresses=with_addresses)),
            (json_file, json_pieces(notice, counted, with_addresses=with_addresses)),
        ):
            if path:
                write(path, pieces)
                if with_addresses:
                    note_addresses(by=user, notice=notice, what="gap report")
        facts = sums(notice, counted)
        if options["json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        groups = {
            f"{line.group.value} ({line.reason})" if line.reason else line.group.value: line.count
            for line in counted.lines
        }
        report(
            self.stdout,
            {"snapshot": counted.snapshot} | groups | facts["of_these"],
            as_json=False,
        )


def notice_named(publisher, publication, round):
    """Raises NotFound."""
    notices = Notice.objects.filter(publication__publisher=publisher, publication=publication)
    if round is not None:
        notices = notices.filter(round=round)
    notice = notices.order_by("round").last()
    if notice is None:
        raise NotFound(what="notice", name=f"{publication}/{round or 1}", known="publication/round")
    return notice


def write(path, pieces):
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
