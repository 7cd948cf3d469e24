"""What a certificate holds, as it stands in the record. Nothing here is in words yet.

Instants are aware. States, outcomes and kinds are the record's own values.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Day:
    """A legal day of the publisher, looked at from ``seen_at``, which may be inside it."""

    on: date
    begins_at: datetime
    ends_at: datetime
    seen_at: datetime

    @property
    def until(self):
        """The last instant of the day that there is anything to say about."""
        return min(self.ends_at, self.seen_at)

    @property
    def is_over(self):
        return self.seen_at >= self.ends_at


@dataclass(frozen=True)
class LogLine:
    """An entry of the evidence log. is_sound: its content makes its hash."""

    seq: int
    at: datetime
    kind: str
    sha256: str
    is_sound: bool


@dataclass(frozen=True)
class Stamp:
    """An outside authority has dated the log up to an entry."""

    seq: int
    authority: str
    stamped_at: datetime


@dataclass(frozen=True)
class Head:
    """How far the log reaches. stamp: the first that covers all that the certificate rests on."""

    seq: int
    sha256: str
    stamp: Stamp | None = None


@dataclass(frozen=True)
class Text:
    """A version that was in force for all of the day or a part of it.

    told_by: the channels that its change was told by. carries: the number of the
    version whose notice counts for it. entry: the one that announced it; None
    if the log does not announce this hash. dated and cleared: the entries that set
    this date and let it take effect; None if the log does not say so. is_intact: the
    words on record make the hash. is_redacted: some were taken out by order since.
    """

    publication: int
    number: int
    title: str
    language: str
    sha256: str
    announced_at: datetime
    effective_at: datetime
    told_by: tuple[str, ...]
    url: str
    entry: LogLine | None
    dated: LogLine | None
    cleared: LogLine | None
    is_intact: bool
    is_redacted: bool = False
    carries: int | None = None
    carries_publication: int | None = None

    @property
    def told_in(self):
        """The publications whose notices told of this version."""
        return {self.publication, self.carries_publication} - {None}

    @property
    def log_lines(self):
        return tuple(line for line in (self.entry, self.dated, self.cleared) if line)

    @property
    def is_logged(self):
        """Whether the log announces, dates and clears it."""
        return all((self.entry, self.dated, self.cleared))


@dataclass(frozen=True)
class Announced:
    """A version that was announced and had not taken effect when the day ended, by the log.

    state: "pending", "held" or "withdrawn". effective_at: the date that was announced last.
    """

    number: int
    title: str
    state: str
    announced_at: datetime
    effective_at: datetime
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Try:
    """One attempt. is_remade: the same bytes were made again, by their hash."""

    started_at: datetime
    finished_at: datetime | None
    outcome: str
    code: str
    hop: str
    sha256: str
    is_remade: bool


@dataclass(frozen=True)
class Report:
    """What came back of a message after a mail server had accepted it."""

    kind: str
    code: str
    happened_at: datetime
    recorded_at: datetime


@dataclass(frozen=True)
class Proof:
    """The line about the person among those that the log has sealed.

    size: the number of lines, as sealed. holds: whether the path leads from the
    line to the root; None if the lines were too many to be read here. leaf, index
    (from 0) and path are given only if it holds.
    """

    root: str
    size: int
    sealed: LogLine
    holds: bool | None
    leaf: str = ""
    index: int = 0
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mail:
    """One notice to this person by e-mail.

    text: the plain text with the person's address, as far as the record still
    has it. is_announced_wording: the log names the hash of these words. is_redacted:
    words were taken out by order since; the hash is that of all.
    is_about_person: the commitment was made again from address and salt.
    """

    notice: int
    kind: str
    round: int
    publication: int
    number: int
    opened_at: datetime
    opened: LogLine | None
    subject: str
    text: str
    language: str
    wording_sha256: str
    is_announced_wording: bool
    is_redacted: bool
    state: str
    reason: str
    accepted_at: datetime | None
    settled_at: datetime | None
    possible_duplicate: bool
    message_id: str
    commitment: str
    is_about_person: bool
    tries: tuple[Try, ...]
    reports: tuple[Report, ...]
    proof: Proof | None

    @property
    def sent(self):
        """The attempts that put bytes on the wire."""
        return tuple(each for each in self.tries if each.sha256)

    @property
    def is_remade(self):
        return bool(self.sent) and all(each.is_remade for each in self.sent)


@dataclass(frozen=True)
class Untold:
    """A notice by e-mail that was not addressed to this person. reason: see untold.py."""

    kind: str
    round: int
    number: int
    opened_at: datetime
    reason: str


@dataclass(frozen=True)
class SiteNotice:
    """A notice on the site, and what was seen of it until the day ended.

    words: empty if they cannot be made again so that they make their hash.
    """

    number: int
    publication: int
    round: int
    url: str
    words: str
    language: str
    sha256: str
    opened_at: datetime
    opened: LogLine | None
    closed_at: datetime | None
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    seen: int
    missed: int


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    joined_at: datetime
    left_at: datetime | None
    suppressed_at: datetime | None
    erased_at: datetime | None

    @property
    def called(self):
        return self.name or self.email


@dataclass(frozen=True)
class Issuer:
    """The publisher as it is now."""

    slug: str
    name: str
    legal_entity: str
    time_zone: str


@dataclass(frozen=True)
class Certificate:
    """at_start: the text in force when the day began; changes: those that took effect in it."""

    person: Person
    issuer: Issuer
    policy: str
    title: str
    day: Day
    at_start: Text | None
    changes: tuple[Text, ...]
    announced: tuple[Announced, ...]
    mails: tuple[Mail, ...]
    untold: tuple[Untold, ...]
    site_notices: tuple[SiteNotice, ...]
    head: Head | None = None

    @property
    def texts(self):
        return (*filter(None, (self.at_start,)), *self.changes)

    @property
    def log_lines(self):
        """The entries that the certificate rests on, each once, in their order."""
        lines = [line for text in self.texts for line in text.log_lines]
        lines += [notice.opened for notice in (*self.mails, *self.site_notices)]
        lines += [mail.proof.sealed for mail in self.mails if mail.proof]
        return sorted(
            {line.seq: line for line in lines if line}.values(), key=lambda line: line.seq
        )
