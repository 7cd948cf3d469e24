"""Check the record of every publisher: its log, and what the tables say against it."""

from django.core.management.base import BaseCommand, CommandError

from documents.management.reporting import plain_errors, report
from documents.models import Publisher
from documents.signals import record_verified
from documents.verification.stamps import notes
from documents.verification.watching import Watch
from documents.verification.whole_record import first_problem


class Command(BaseCommand):
    help = (
        "Verify every evidence log from its first entry to its head, and every version, "
        "publication, approval, notice and time stamp against it. Names the first thing that does "
        "not hold."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *, json, **options):
        watch = Watch(self._show if self.stderr.isatty() else None)
        watch.counts.update(entries=0, versions=0)
        for publisher in Publisher.objects.order_by("pk"):
            with plain_errors():
                problem = first_problem(publisher, watch)
            record_verified.send(Publisher, publisher=publisher, problem=problem or "")
            if problem:
                self._fail(f"{publisher.slug}: {problem}.", as_json=json)
        facts = dict(watch.counts) | {"notes": "; ".join(notes()) or "none"}
        report(self.stdout, facts, as_json=json)

    def _show(self, line):
        self.stderr.write(line, style_func=str)

    def _fail(self, problem, *, as_json):
        if as_json:
            report(self.stdout, {"problem": problem}, as_json=True)
        raise CommandError(problem)
