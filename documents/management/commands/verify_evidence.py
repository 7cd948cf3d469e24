"""Check the evidence log of every publisher, and each version against its hash and the log.

Notices are not looked at: this app does not know them. Their tables are
guarded by the database, and the log holds the hashes to compare them with.
"""

from django.core.management.base import BaseCommand, CommandError

from documents.evidence.chain import first_break
from documents.management.reporting import report
from documents.models import Chain, Entry, Publisher, Version


class Command(BaseCommand):
    help = "Verify all evidence logs from the first entry to the head, and all versions."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, *, json, **options):
        publishers = Publisher.objects.all()
        entries = sum(self._verify_chain(publisher) for publisher in publishers)
        versions = sum(self._verify_versions(publisher) for publisher in publishers)
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

    def _verify_versions(self, publisher):
        """Each version's words make its hash, and the log announced it, and nothing else."""
        announced = _announced(publisher)
        versions = Version.objects.filter(policy__publisher=publisher)
        count = 0
        for version in versions.select_related("policy__publisher").iterator():
            if _computed(version) != version.sha256:
                raise CommandError(f"{version}: the text does not match its hash.")
            if announced.pop(_name(version), None) != version.sha256:
                raise CommandError(f"{version}: the log did not announce this text.")
            count += 1
        for policy, number in announced:
            raise CommandError(
                f"{publisher.slug}: version {number} of policy {policy} was announced "
                "and is missing."
            )
        return count


def _announced(publisher):
    """(policy key, number) → version hash, as the log has them."""
    payloads = Entry.objects.filter(publisher=publisher, kind="version.published").values_list(
        "payload", flat=True
    )
    return {(said["policy"], said["number"]): said["version_sha256"] for said in payloads}


def _name(version):
    return str(version.policy.key), version.number


def _computed(version):
    try:
        return version.computed_sha256()
    except KeyError as missing:
        raise CommandError(f"{version}: its clause in row {missing} is missing.") from None
