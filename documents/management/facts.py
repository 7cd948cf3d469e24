"""What commands say about one publication."""

from documents import queries
from documents.models.publications import State
from legalcms import clock


def facts_of(publication):
    """Name → value, in the order in which they are printed."""
    version = publication.versions.get()
    state = publication.state(clock.now())
    facts = {
        "publication": publication.pk,
        "version": version.number,
        "sha256": version.sha256,
        "significance": version.significance,
        "state": state.value,
        "effective at": publication.effective_at.isoformat(),
        "notice required": publication.notice_required,
        "recipients": queries.audience_size(version.policy) if publication.notice_required else 0,
    }
    if publication.deadline_at:
        facts["everyone told before"] = publication.deadline_at.isoformat()
    if state == State.HELD:
        facts["held because"] = why_held(publication)
    return facts


def why_held(publication):
    return str(publication.get_hold_reason_display() or "Not cleared before its date.")
