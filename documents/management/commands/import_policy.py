"""Import a file into the draft of a policy, or say what an import would find in it."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from documents.actions.create_policy import create_policy
from documents.actions.import_policy import import_policy
from documents.actions.upload_file import read_file
from documents.errors import MatchesUndecided, NotFound
from documents.importing import MAX_BYTES
from documents.importing.json_form import json_form
from documents.importing.lints import find
from documents.importing.matching import match
from documents.management.reporting import plain_errors, report
from documents.permissions import require, user_named
from documents.queries import policy_named, publisher_named
from documents.templatetags.importing import finding_words

OWED = ("publisher", "policy", "by")
ENDINGS = ".docx, .html, .mhtml, .md or .txt"


class Command(BaseCommand):
    help = f"Import a {ENDINGS} file into a policy’s draft; a policy that is new is created."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--publisher", metavar="SLUG")
        parser.add_argument("--policy", metavar="SLUG")
        parser.add_argument("--by", metavar="USER", help="who does this")
        parser.add_argument("--title", default="", help="of a new policy; default: as in the file")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="only say what is found, and against a policy’s draft if one is named",
        )
        parser.add_argument(
            "--doubtful",
            choices=["same", "new"],
            help="whether a clause that may be one of the draft is that one, or new; "
            "default: nothing is imported until somebody says so",
        )
        parser.add_argument(
            "--accept-changes",
            action="store_true",
            help="read the tracked changes of a Word file as accepted",
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *, file, **options):
        missing = [f"--{name}" for name in OWED if not options[name]]
        if missing and not options["dry_run"]:
            raise CommandError(f"Say {', '.join(missing)}, or --dry-run to only look at the file.")
        data = bytes_of(file)
        with plain_errors():
            outline = read_file(data, file.name, accept_changes=options["accept_changes"])
            matches = (
                self._matches(outline, options) if not missing else [None] * len(outline.clauses)
            )
            if options["dry_run"]:
                self._tell(outline, matches, {}, options)
                return
            created, done = self._import(data, outline, file, options)
        facts = {
            "policy": options["policy"],
            "created": created,
            "kept": done.kept,
            "added": done.added,
            "removed": done.removed,
            "changed": done.has_changed,
        }
        self._tell(outline, matches, facts, options)

    @transaction.atomic
    def _import(self, data, outline, file, options):
        policy, created = self._policy(outline, file, options)
        try:
            done = import_policy(
                policy=policy,
                data=data,
                name=file.name,
                by=user_named(options["by"]),
                doubtful=options["doubtful"],
                accept_changes=options["accept_changes"],
            )
        except MatchesUndecided as error:
            raise CommandError(
                f"{error} Say --doubtful same or new, or do it in the admin."
            ) from error
        return created, done

    def _matches(self, outline, options):
        """With the draft of the policy, if there is one yet."""
        publisher = publisher_named(options["publisher"])
        require(user_named(options["by"]), "edit", publisher)
        try:
            draft = policy_named(publisher, options["policy"]).draft()
        except NotFound:
            return [None] * len(outline.clauses)
        return match(outline.clauses, draft.states())

    def _policy(self, outline, file, options):
        publisher = publisher_named(options["publisher"])
        try:
            return policy_named(publisher, options["policy"]), False
        except NotFound:
            policy = create_policy(
                publisher=publisher,
                slug=options["policy"],
                title=options["title"] or outline.title or file.stem,
                by=user_named(options["by"]),
            )
            return policy, True

    def _tell(self, outline, matches, facts, options):
        found = json_form(outline, matches)
        if options["json"]:
            self.stdout.write(json.dumps(found | facts, ensure_ascii=False))
            return
        if not facts or options["verbosity"] > 1:
            self._outline(outline, matches)
        left_out, findings = len(outline.copies[1:]), find(outline)
        counts = {"clauses": len(outline.clauses), "residue": len(outline.residue)}
        counts |= {"copies left out": left_out, "findings": len(findings)}
        report(self.stdout, facts | counts, as_json=False)
        for residue in outline.residue:
            self.stdout.write(f"left out, {lines_words(residue.lines)}: {residue.text}")
        for lines in outline.copies[1:]:
            self.stdout.write(f"left out, {lines_words(lines)}: the same text again")
        for finding in findings:
            self.stdout.write(f"{lines_words(finding.lines)}: {finding_words(finding)}")

    def _outline(self, outline, matches):
        for clause, found in zip(outline.clauses, matches, strict=True):
            name = f"{clause.number} {clause.heading}".strip() or "(no heading)"
            known = f", {found.key} by {found.how} ({found.confidence:.2f})" if found else ""
            indent = "  " * (clause.level - 1)
            self.stdout.write(f"{indent}{name} [{lines_words(clause.lines)}{known}]")


def bytes_of(file):
    """A file's bytes, at most one more than can be read. Raises CommandError."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file}: cannot be read ({error.strerror}).") from error


def lines_words(lines):
    first, last = lines
    return f"line {first}" if first == last else f"lines {first}–{last}"
