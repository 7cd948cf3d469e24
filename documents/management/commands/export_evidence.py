"""Export what proves one version."""

from pathlib import Path

from django.core.management.base import BaseCommand

from documents.actions.export_evidence import export_evidence
from documents.management.arguments import add_by_argument, version_name
from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import policy_named, publisher_named, version_numbered


class Command(BaseCommand):
    help = (
        "Write a folder that proves one version: its text, its timetable, its notices and the "
        "log. Whoever has it can check it with python3 verify.py alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", type=version_name, metavar="VERSION", help="such as privacy@3")
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument(
            "--to", required=True, type=Path, metavar="FOLDER", help="a new or an empty folder"
        )
        add_by_argument(parser)

    def handle(self, *, name, to, **options):
        slug, number = name
        with plain_errors():
            user = user_named(options["by"])
            policy = policy_named(publisher_named(options["publisher"]), slug)
            found = version_numbered(policy, number)
            head = export_evidence(version=found, folder=to, by=user)
        facts = {
            "folder": str(to),
            "version": number,
            "sha256": found.sha256,
            "head": f"{head.seq}:{head.sha256}",
        }
        report(self.stdout, facts, as_json=options["json"])
