"""What commands say about one publication."""

from documents import queries
from documents.actions.requirements import is_approved, needs_second_person
from documents.models.publications import State
from documents.promises import Channel
from legalcms import clock

NOBODY = "because there was nobody to be told"


def facts_of(publication):
    """Name → value, in the order in which they are printed."""
    version = publication.versions.get()
    state = publication.state(clock.now())
    by_email = Channel.EMAIL in publication.told_by
    facts = {
        "publication": publication.pk,
        "version": version.number,
        "sha256": version.sha256,
        "significance": version.significance,
        "state": state.value,
        "effective at": publication.effective_at.isoformat(),
        "notice required": publication.notice_required,
        "told by": ", ".join(publication.channels),
        "promise kept": publication.promise_kept,
        "recipients": queries.audience_size(version.policy) if by_email else 0,
    }
    facts |= facts_of_waiting(publication)
    if publication.deadline_at:
        facts["everyone told before"] = publication.deadline_at.isoformat()
    if state == State.HELD:
        facts["held because"] = why_held(publication)
    return facts


def facts_of_waiting(publication):
    """Which signature an announced publication waits for, if any, and who was counted."""
    if publication.sign_off_asked_at is None or publication.state(clock.now()) != State.PENDING:
        return {}
    if publication.cleared_at is not None:
        return {}
    counted = queries.clearance_evidence(publication).mail
    reached = counted.accepted + counted.resent
    why = "for those who could not be told" if reached + counted.failed else NOBODY
    return {
        "waits for": f"a signature {why}",
        "told": reached,
        "not reached": counted.failed,
        "excluded": counted.excluded,
    }


def facts_of_proposal(publication):
    """The same for a proposal that is not announced."""
    return {
        "proposal": publication.pk,
        "proposal sha256": publication.proposal_sha256,
        "takes effect": publication.proposal["effective"] or "when announced",
        "told by": ", ".join(publication.proposal["channels"]),
        "needs a second person": needs_second_person(publication, clock.now()),
        "approved": is_approved(publication),
    }


def why_held(publication):
    return str(publication.get_hold_reason_display() or "Not cleared before its date.")
