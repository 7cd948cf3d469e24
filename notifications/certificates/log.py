"""The entries of the evidence log about a policy's publications."""

from collections import defaultdict

from documents.models import Chain, Entry, TimeStamp

from .vocabulary import Head, LogLine, Stamp

TIMETABLES = frozenset(["version.published", "publication.rescheduled", "publication.overridden"])
WITHDRAWALS = frozenset(["publication.withdrawn", "publication.set_aside"])
KINDS = frozenset(
    [
        *TIMETABLES,
        *WITHDRAWALS,
        "publication.cleared",
        "publication.held",
        "notice.opened",
        "notice.settled",
        "site_notice.opened",
    ]
)


class Log:
    """Read once: two queries, whatever the number of publications.

    removed: the SHA-256 of the texts of notices that gave way to a marker by order.
    """

    def __init__(self, policy):
        removals = Entry.objects.filter(
            publisher=policy.publisher, kind="text.removed", payload__policy=str(policy.key)
        )
        payloads = removals.values_list("payload", flat=True)
        self.removed = {sha256 for said in payloads for sha256 in said["messages"]}
        entries = Entry.objects.filter(publication__versions__policy=policy, kind__in=KINDS)
        self._entries = defaultdict(list)
        for entry in entries.select_related("publisher").order_by("seq"):
            self._entries[entry.publication_id].append(entry)

    def about(self, publication_id):
        """The entries of one publication in their order."""
        return self._entries[publication_id]

    def entry(self, publication_id, kind, **said):
        """The first entry of this kind whose payload says this, or None."""
        for entry in self.about(publication_id):
            if entry.kind == kind and said.items() <= entry.payload.items():
                return entry
        return None

    def line(self, publication_id, kind, **said):
        """The same as a LogLine."""
        entry = self.entry(publication_id, kind, **said)
        return line_of(entry) if entry else None


def line_of(entry):
    is_sound = entry.link.sha256 == entry.sha256
    return LogLine(entry.seq, entry.at, entry.kind, entry.sha256, is_sound)


def head(publisher, up_to):
    """How far a publisher's log reaches; up_to: the last entry that a time stamp must cover."""
    chain = Chain.objects.get(publisher=publisher)
    stamps = TimeStamp.objects.filter(publisher=publisher, seq__gte=up_to).order_by("seq")
    stamp = stamps.values_list("seq", "authority", "stamped_at").first()
    return Head(chain.seq, chain.sha256, Stamp(*stamp) if stamp else None)
