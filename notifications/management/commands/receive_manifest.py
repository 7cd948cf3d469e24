"""Say how many people the source system has, to be compared before anybody is told."""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import publisher_named
from notifications import manifests
from notifications.actions.receive_manifest import receive_manifest
from notifications.models import RecipientRole


class Command(BaseCommand):
    help = "Record what the source system says that it has, and show what differs from us."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, required=True)
        for role in RecipientRole:
            parser.add_argument(f"--{role.value.replace('_', '-')}", type=int, metavar="N")
        parser.add_argument("--sha256", help="of the ids in byte order, a line feed after each")
        parser.add_argument("--made-at", required=True, help="ISO 8601 with its offset")
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, made_at, publisher, by, json, **options):
        names = ("people", *RecipientRole.values, "sha256")
        counted = {name: options[name] for name in names if options[name] is not None}
        with plain_errors():
            manifest = receive_manifest(
                publisher=publisher_named(publisher),
                made_at=instant(made_at),
                counted=counted,
                by=user_named(by),
            )
        differs = manifests.in_words(manifests.difference(manifest))
        report(self.stdout, {"made_at": manifest.made_at, "differs": differs}, as_json=json)


def instant(text):
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--made-at: {text} is no instant in ISO 8601.") from None
    if timezone.is_naive(found):
        raise CommandError("--made-at: say the offset too, such as 2026-03-01T09:00+01:00.")
    return found
