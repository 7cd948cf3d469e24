"""How the documents app is heard. Each receiver runs inside the sender's transaction."""

from documents import signals
from notifications import audiences
from notifications.actions.close_notice import close_open_notices
from notifications.actions.open_notice import open_notice
from notifications.models.notices import Kind


def connect():
    signals.publication_announced.connect(on_announced, dispatch_uid="notifications")
    signals.publication_rescheduled.connect(on_rescheduled, dispatch_uid="notifications")
    signals.publication_withdrawn.connect(on_withdrawn, dispatch_uid="notifications")
    signals.publication_held.connect(on_held, dispatch_uid="notifications")
    signals.audience_counted.connect(on_audience_counted, dispatch_uid="notifications")


def on_announced(publication, **kwargs):
    if publication.notice_required:
        open_notice(publication=publication, kind=Kind.ANNOUNCEMENT)


def on_rescheduled(publication, **kwargs):
    if publication.notice_required:
        close_open_notices(publication=publication, reason="rescheduled")
        open_notice(publication=publication, kind=Kind.CORRECTION)


def on_withdrawn(publication, **kwargs):
    close_open_notices(publication=publication, reason="withdrawn")
    if audiences.told_of(publication).exists():
        open_notice(publication=publication, kind=Kind.WITHDRAWAL)


def on_held(publication, **kwargs):
    close_open_notices(publication=publication, reason="held")


def on_audience_counted(policy, **kwargs):
    return audiences.for_policy(policy).count()
