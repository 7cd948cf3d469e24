"""How the documents app is heard. Each receiver runs inside the sender's transaction."""

from documents import queries, signals
from documents.promises import Channel
from notifications import audiences, evidence, evidence_folder, verification
from notifications.actions.close_notice import close_open_notices
from notifications.actions.displays import close_displays, open_display
from notifications.actions.note_verification import note_verification
from notifications.actions.open_notice import open_notice
from notifications.actions.replace_messages import replace_messages
from notifications.actions.requirements import require_known_audience
from notifications.messages.occasions import kind_of_announcement
from notifications.models.notices import Kind, Stream


def connect():
    signals.publication_announced.connect(on_announced, dispatch_uid="notifications")
    signals.publication_rescheduled.connect(on_rescheduled, dispatch_uid="notifications")
    signals.publication_withdrawn.connect(on_withdrawn, dispatch_uid="notifications")
    signals.publication_held.connect(on_held, dispatch_uid="notifications")
    signals.audience_counted.connect(on_audience_counted, dispatch_uid="notifications")
    signals.clearance_counted.connect(on_clearance_counted, dispatch_uid="notifications")
    signals.text_removed.connect(on_text_removed, dispatch_uid="notifications")
    signals.evidence_checked.connect(on_evidence_checked, dispatch_uid="notifications")
    signals.record_verified.connect(on_record_verified, dispatch_uid="notifications")
    signals.evidence_exported.connect(on_evidence_exported, dispatch_uid="notifications")


def on_announced(publication, **kwargs):
    tell(publication, kind_of_announcement(publication))


def on_rescheduled(publication, **kwargs):
    close_open_notices(publication=publication, reason="rescheduled")
    close_displays(publication=publication)
    tell(publication, Kind.CORRECTION)


def on_withdrawn(publication, **kwargs):
    close_open_notices(publication=publication, reason="withdrawn")
    close_displays(publication=publication)
    for stream in Stream:
        if audiences.told_of(publication, stream).exists():
            open_notice(publication=publication, kind=Kind.WITHDRAWAL, stream=stream)


def on_held(publication, **kwargs):
    close_open_notices(publication=publication, reason="held")
    close_displays(publication=publication)


def on_audience_counted(policy, **kwargs):
    return audiences.for_policy(policy).count()


def on_clearance_counted(publication, **kwargs):
    return evidence.of(publication)


def on_text_removed(removal, words, **kwargs):
    return replace_messages(removal=removal, words=words)


def on_evidence_checked(publisher, watch, **kwargs):
    return verification.problems(publisher, watch)


def on_record_verified(publisher, problem, **kwargs):
    note_verification(publisher=publisher, problem=problem)


def on_evidence_exported(publication, **kwargs):
    return evidence_folder.files_of(publication)


def tell(publication, kind):
    """Open what was chosen to tell people by; followers are told of every change."""
    if Channel.EMAIL in publication.told_by:
        require_known_audience(publication)
        open_notice(publication=publication, kind=kind)
    if audiences.followers_of(queries.policy_of(publication)).exists():
        open_notice(publication=publication, kind=kind, stream=Stream.FOLLOWERS)
    if Channel.SITE_NOTICE in publication.told_by:
        open_display(publication=publication)
