"""Open the notice of a publication, in the transaction that announces it."""

from documents.actions.append_entry import append_entry
from legalcms import clock
from notifications import audiences
from notifications.actions.add_recipients import lock_recipients
from notifications.messages import render
from notifications.models import Notice, NoticeMessage
from notifications.models.notices import Kind


def waits(publication, kind):
    """Whether the change waits for this notice."""
    return kind != Kind.WITHDRAWAL and publication.cleared_at is None


def open_notice(*, publication, kind):
    """Write the Notice and its wording; workers do the rest. Returns the Notice.

    Waits for recipients that are being added: whoever joined before is in the
    audience, and seen by the fan-out.
    """
    lock_recipients(publication.publisher)
    notice = Notice.objects.create(
        publication=publication,
        round=publication.notices.count() + 1,
        kind=kind,
        audience=audiences.rule_for(kind),
        opened_at=clock.now(),
        deadline_at=publication.deadline_at if waits(publication, kind) else None,
    )
    version = publication.versions.get()
    wording = render(notice, version)
    message = NoticeMessage.objects.create(
        notice=notice,
        language=version.language,
        slot_token=wording.slot_token,
        subject=wording.subject,
        text=wording.text,
        html=wording.html,
        sha256=wording.sha256,
    )
    append_entry(
        publisher=publication.publisher,
        kind="notice.opened",
        payload={
            "publication": publication.pk,
            "round": notice.round,
            "notice_kind": notice.kind,
            "audience": notice.audience,
            "messages": {message.language: message.sha256},
        },
        publication=publication,
    )
    return notice
