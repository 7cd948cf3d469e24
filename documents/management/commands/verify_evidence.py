"""Check the evidence log of every publisher, and that each version matches its hash."""

from django.core.management.base import BaseCommand, CommandError

from documents.evidence.chain import first_break
from documents.management.reporting import report
from documents.models import Chain, Entry, Publisher, Version


class Command(BaseCommand):
    help = "Verify all evidence logs from the first entry to the head, and all versions."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, *, json, **options):
        entries = sum(self._verify_chain(publisher) for publisher in Publisher.objects.all())
        versions = 0
        for version in Version.objects.select_related("policy__publisher").iterator():
            if version.computed_sha256() != version.sha256:
                raise CommandError(f"{version}: the text does not match its hash.")
            versions += 1
        report(self.stdout, {"entries": entries, "versions": versions}, as_json=json)

    def _verify_chain(self, publisher):
        entries = Entry.objects.filter(publisher=publisher).select_related("publisher")
        ordered = entries.order_by("seq")
        broken = first_break((entry.link, entry.sha256) for entry in ordered.iterator())
        if broken:
            raise CommandError(f"{publisher.slug}: entry {broken.seq} {broken.reason}.")
        head = Chain.objects.get(publisher=publisher)
        last = ordered.last()
        if last is None or (last.seq, last.sha256) != (head.seq, head.sha256):
            raise CommandError(f"{publisher.slug}: the log does not reach its head {head.seq}.")
        return last.seq
