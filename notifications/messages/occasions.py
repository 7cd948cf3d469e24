"""What a notice is about. One value for what is stored and for what is still a proposal.

So the message that people approve and the one that is sent come from the same function.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from documents import judging, links, queries
from documents.arranging import arrange
from documents.comparison import compare
from documents.models import Entry, Publication, Version
from notifications.links import notice_path, notices_path
from notifications.models.notices import Kind, Stream

NOTHING_CHANGES = {Kind.WITHDRAWAL, Kind.REMINDER}


@dataclass(frozen=True)
class Occasion:
    """The announcement of a version, a new date for it, or its withdrawal.

    version, publication: rows, unsaved ones for a proposal. clauses: of the version, as
    ClauseStates. told_at: when the notice is opened. entry: that announced it, None before.
    stream: in which it goes out.
    """

    kind: str
    round: int
    publication: Publication
    version: Version
    clauses: tuple
    told_at: datetime
    entry: Entry | None = None
    stream: str = Stream.PROMISED

    @cached_property
    def old(self):
        """The version in force just before: what the change is compared with."""
        return queries.predecessor(self.version)

    @cached_property
    def redline(self):
        return compare(self.old.clauses() if self.old else (), self.clauses)

    @cached_property
    def arrangement(self):
        """Of the redline, each change with its significance as people judged it."""
        levels = judging.levels(self.version.policy, self.redline)
        return arrange(self.redline, levels=levels)

    @property
    def tells_changes(self):
        """Nothing changes by a withdrawal, a reminder, or a first text."""
        return self.kind not in NOTHING_CHANGES and self.old is not None

    @property
    def is_in_effect(self):
        return self.publication.effective_at <= self.told_at

    @property
    def zone(self):
        return self.publication.publisher.zone

    @property
    def urls(self):
        """Where the reader is sent, by name; compare is empty where there is nothing before."""
        version, publication = self.version, self.publication
        paths = {
            "policy": links.policy_path(version.policy),
            "version": links.version_path(version),
            "compare": links.compare_path(self.old, version) if self.old else "",
            # A draft that was never proposed has no number yet to be found by.
            "check": notice_path(publication, self.round)
            if publication.pk
            else notices_path(publication.publisher),
        }
        return {name: path and links.absolute(path) for name, path in paths.items()}


def occasion_of(notice, version):
    """The Occasion of a stored Notice."""
    occasion = announced(notice.publication, version, notice.kind, notice.round, notice.opened_at)
    return replace(occasion, stream=notice.stream)


def announced(publication, version, kind, number, at):
    """The Occasion of a notice, opened or not, about a version that is announced."""
    return Occasion(
        kind=Kind(kind),
        round=number,
        publication=publication,
        version=version,
        clauses=version.clauses(),
        told_at=at,
        entry=queries.entry_of(publication),
    )


def kind_of_announcement(publication):
    """What kind of notice announces it: a change that waits for nobody is told on the same day."""
    return Kind.SAME_DAY if publication.cleared_at else Kind.ANNOUNCEMENT
