"""What must hold before a change is published. One named check each; raises or returns."""

from documents import queries, wording
from documents.errors import (
    AlreadyPending,
    DateInThePast,
    DateTooEarly,
    EmptyDraft,
    NobodyToTell,
    NothingChanged,
    PromiseNotInText,
    StaleDraft,
)
from documents.promises import cites, earliest_effective_on, notice_required, start_of_day


def require_draft_unchanged(draft, draft_sha256):
    if draft.draft_sha256() != draft_sha256:
        raise StaleDraft()


def require_clauses(draft):
    if not draft.clauses.count():
        raise EmptyDraft()


def require_promise_in_text(draft):
    """The words that the recorded promise cites must be in the text that freezes it."""
    basis = draft.recorded_promise.basis
    if basis.clause_key and not cites(basis, draft.states()):
        raise PromiseNotInText(words=basis.words)


def require_change(draft, at):
    """Something that a Version freezes must differ from the text in force."""
    version = queries.in_force(draft, at)
    if version and version.draft_sha256 == draft.draft_sha256():
        raise NothingChanged(number=version.number)


def require_none_pending(policy, at):
    version = queries.pending(policy, at)
    if version:
        raise AlreadyPending(number=version.number)


def require_audience(policy, promise, significance):
    if notice_required(promise, significance) and not queries.audience_size(policy):
        raise NobodyToTell(publisher=policy.publisher.name)


def require_date_allowed(policy, promise, significance, effective_on, at):
    """Raises DateInThePast or DateTooEarly, which says from when on and why."""
    zone = policy.publisher.zone
    if effective_on < at.astimezone(zone).date():
        raise DateInThePast(asked=wording.day(effective_on))
    earliest = earliest_effective_on(promise, significance, at, zone)
    if effective_on < earliest:
        raise DateTooEarly(
            asked=wording.day(effective_on),
            earliest=wording.day(earliest),
            why=wording.why_this_early(promise, significance),
        )


def effective_instant(effective_on, at, zone):
    """A legal day's first instant; for today, now: nothing is back-dated."""
    return max(start_of_day(effective_on, zone), at)
