"""Import a file into the draft of a policy."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from documents.actions.create_policy import create_policy
from documents.actions.import_policy import import_policy, read_file
from documents.errors import NotFound
from documents.management.arguments import add_policy_arguments
from documents.management.reporting import plain_errors, report
from documents.permissions import user_named
from documents.queries import policy_named, publisher_named


class Command(BaseCommand):
    help = "Import a .txt or .md file into a policy’s draft; a policy that is new is created."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--title", default="", help="of a new policy; default: as in the file")
        add_policy_arguments(parser)

    def handle(self, *, file, **options):
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: cannot be read ({error.strerror}).") from error
        with plain_errors(), transaction.atomic():
            policy, created, user = self._policy(data, file.name, options)
            done = import_policy(policy=policy, data=data, name=file.name, by=user)
        facts = {
            "policy": options["policy"],
            "created": created,
            "clauses": len(done.outline.clauses),
            "kept": done.kept,
            "added": done.added,
            "removed": done.removed,
            "residue": len(done.outline.residue),
            "copies left out": max(0, len(done.outline.copies) - 1),
        }
        report(self.stdout, facts, as_json=options["json"])

    def _policy(self, data, name, options):
        user = user_named(options["by"])
        publisher = publisher_named(options["publisher"])
        try:
            return policy_named(publisher, options["policy"]), False, user
        except NotFound:
            title = options["title"] or read_file(data, name).title or Path(name).stem
            policy = create_policy(
                publisher=publisher, slug=options["policy"], title=title, by=user
            )
            return policy, True, user
