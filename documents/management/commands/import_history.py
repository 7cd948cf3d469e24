"""Import the past texts of policies, each as a version recorded later."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from documents.actions.import_history import Import, import_history, require_importable
from documents.actions.reading_history import read_history
from documents.actions.record_version import NEW, SAME
from documents.errors import FileUnreadable
from documents.management.arguments import add_by_argument
from documents.management.history import facts_of_history, in_lines
from documents.management.progress import Progress
from documents.management.reporting import plain_errors, report
from documents.permissions import require, user_named
from documents.promises import legal_day
from documents.queries import publisher_named
from legalcms import clock

INTERRUPTED = 130  # as shells report Ctrl-C


class Command(BaseCommand):
    help = (
        "Import the texts that a policy had before it came here: a folder of dated files, each as "
        "a version that is marked as recorded later. All files are read before the first is "
        "recorded. Can be interrupted at any time; the same command goes on. Nobody is told."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, nargs="+", metavar="FOLDER")
        parser.add_argument("--publisher", required=True, metavar="SLUG")
        parser.add_argument(
            "--policy",
            metavar="SLUG",
            help="of one folder; a policy that is new is created; default: the folder’s name",
        )
        parser.add_argument(
            "--doubtful",
            choices=[NEW, SAME],
            default=NEW,
            help="what a clause is that may be one of the text before; each is listed; "
            "default: %(default)s",
        )
        add_by_argument(parser)

    def handle(self, *, folder, by, **options):
        if options["policy"] and len(folder) > 1:
            raise CommandError("Leave --policy out: several folders are named like their policies.")
        try:
            with plain_errors():
                user, publisher = user_named(by), publisher_named(options["publisher"])
                require(user, "publish", publisher)
                histories = self._read(folder, publisher, options)
                for history in histories:
                    require_importable(history, by=user)
                for history in histories:
                    self._import(history, user, options)
        except KeyboardInterrupt:
            raise CommandError(
                "Interrupted. What was recorded stays; run the same command again to go on.",
                returncode=INTERRUPTED,
            ) from None

    def _read(self, folders, publisher, options):
        """All folders' histories. Raises FileUnreadable with everything that is wrong in any."""
        today, histories, problems = legal_day(clock.now(), publisher.zone), [], []
        for folder in folders:
            slug = options["policy"] or folder.resolve().name
            try:
                texts = read_history(folder, today=today)
                histories.append(Import(publisher, slug, texts, options["doubtful"]))
            except FileUnreadable as error:
                problems.append(str(error))
        if problems:
            raise FileUnreadable("%(problems)s", problems="\n".join(problems))
        return histories

    def _import(self, history, user, options):
        started = time.monotonic()
        progress = Progress(self.stderr, history.slug, len(history.texts))

        def tell(text, version):
            progress.step()
            if options["verbosity"] > 1:
                progress.line(line_of(text, version))

        try:
            policy, made = import_history(history, by=user, tell=tell)
        finally:
            progress.close()
        seconds = round(time.monotonic() - started, 1)
        self._report(facts_of_history(history, policy, made=made, seconds=seconds), options["json"])

    def _report(self, facts, as_json):
        if as_json:
            report(self.stdout, facts, as_json=True)
            return
        counted, lines = in_lines(facts)
        report(self.stdout, counted, as_json=False)
        for line in lines:
            self.stdout.write(line)
        if not facts["recorded now"]:
            self.stdout.write("All of it was recorded before: no version was made.")


def line_of(text, version):
    if version is None:
        return f"{text.name}: skipped, its text is that of the file before"
    clauses = len(version.outline)
    return f"{text.name}: version {version.number}, {text.on}, clauses: {clauses}"
