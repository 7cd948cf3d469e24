"""What must hold before a change is published. One named check each; raises or returns."""

from documents import queries
from documents.comparison import Significance
from documents.errors import (
    AlreadyPending,
    EmptyDraft,
    InvalidInput,
    NothingChanged,
    PromiseNeedsReview,
    PromiseNotInText,
    SamePerson,
    SecondPersonNeeded,
    SignificanceTooLow,
    StaleDraft,
    WholeTextNotAffected,
)
from documents.models.publishers import TwoPersonRule
from documents.models.versions import SignificanceChoice
from documents.promises import uncited


def require_draft_unchanged(draft, draft_sha256):
    if draft.draft_sha256() != draft_sha256:
        raise StaleDraft()


def require_clauses(draft):
    if not draft.clauses.count():
        raise EmptyDraft()


def require_promise_in_text(draft):
    """The words that the recorded promise cites must be in the text that freezes it."""
    promise = draft.recorded_promise
    for term in uncited(promise, draft.states()):
        raise PromiseNotInText(words=promise.bases[term].words)


def require_promise_reviewed(draft):
    """Whoever edits a clause that the promise cites has somebody look at the promise again."""
    for clause in queries.cited_clauses_edited(draft):
        raise PromiseNeedsReview(clause=str(clause))


def require_change(draft, at):
    """Something that a Version freezes must differ from the text in force."""
    version = queries.in_force(draft, at)
    if version and version.draft_sha256 == draft.draft_sha256():
        raise NothingChanged(number=version.number)


def require_not_below_judgement(draft, significance, at):
    """Nobody publishes a change as less than it is judged. A first text changes nothing."""
    if queries.in_force(draft, at) is None:
        return
    judged = queries.proposed_significance(draft, queries.draft_redline(draft, at), at)
    if significance < judged:
        raise SignificanceTooLow(judged=SignificanceChoice(judged.value).label)


def require_none_pending(policy, at):
    version = queries.pending(policy, at)
    if version:
        raise AlreadyPending(number=version.number)


def require_only_affected(draft, affected, at):
    """An exception covers the clauses that somebody confirmed, one by one, and no others."""
    redline = queries.draft_redline(draft, at)
    others = [change.new or change.old for change in redline.changed]
    others = [clause for clause in others if clause.key not in affected]
    if others:
        titles = [f"{clause.number} {clause.heading}".strip() or clause.key for clause in others]
        raise WholeTextNotAffected(clauses=", ".join(titles))


def require_text(value, field, problem):
    """A text that a person owes, such as a reason. Returns it without blanks around."""
    if not value.strip():
        raise InvalidInput(field=field, problem=problem)
    return value.strip()


def needs_second_person(publication, at):
    """Whether somebody else must approve a proposal: by the publisher's rule, or an exception."""
    proposal, publisher = publication.proposal, publication.publisher
    if proposal.get("exception"):
        return True
    if publisher.two_person_rule == TwoPersonRule.MATERIAL:
        policy = queries.policy_of(publication)
        is_material = proposal["significance"] == Significance.MATERIAL.value
        return is_material and queries.in_force(policy, at) is not None
    return publisher.two_person_rule == TwoPersonRule.ALWAYS


def require_approved(publication, at):
    """A yes to this very proposal by somebody who did not make it."""
    if needs_second_person(publication, at) and not is_approved(publication):
        raise SecondPersonNeeded()


def is_approved(publication):
    return (
        publication.approvals.filter(proposal_sha256=publication.proposal_sha256)
        .exclude(approved_by=publication.proposed_by)
        .exists()
    )


def require_other_person(actor, key):
    """actor: who acts; key: of whoever asked."""
    if actor.key == key:
        raise SamePerson()
