"""Open the notice of a publication, in the transaction that announces it."""

from documents.actions.append_entry import append_entry
from legalcms import clock
from notifications import audiences
from notifications.actions.add_recipients import lock_recipients
from notifications.messages import languages, occasion_of, render
from notifications.models import Notice, NoticeMessage
from notifications.models.notices import Kind, Stream


def open_notice(*, publication, kind, stream=Stream.PROMISED, actor=None):
    """Write the Notice and its wording; workers do the rest. Returns the Notice.

    actor: the Actor who decided on it, where that is not told by another entry.

    Waits for recipients that are being added: whoever joined before is in the
    audience, and seen by the fan-out.
    """
    lock_recipients(publication.publisher)
    notice = Notice(
        publication=publication,
        round=publication.notices.count() + 1,
        kind=kind,
        stream=stream,
        audience=audiences.rule_for(publication, kind, stream),
        opened_at=clock.now(),
    )
    notice.deadline_at = deadline_of(notice)
    notice.save()
    version = publication.versions.get()
    occasion = occasion_of(notice, version)
    for language in languages(version):
        write_message(notice, language, render(occasion, language))
    log_opening(notice, actor)
    return notice


def waits(notice):
    """Whether the change waits for this notice."""
    return notice.is_counted and notice.publication.cleared_at is None


def deadline_of(notice):
    """After which nothing of it goes out; None where there is none."""
    publication = notice.publication
    if notice.kind == Kind.TOP_UP:
        return publication.effective_at
    return publication.deadline_at if waits(notice) else None


def write_message(notice, language, wording):
    """wording: a messages.Wording, or a NoticeMessage that says the same."""
    return NoticeMessage.objects.create(
        notice=notice,
        language=language,
        slot_token=wording.slot_token,
        subject=wording.subject,
        text=wording.text,
        html=wording.html,
        sha256=wording.sha256,
    )


def log_opening(notice, actor=None):
    publication = notice.publication
    append_entry(
        publisher=publication.publisher,
        kind="notice.opened",
        payload={
            "publication": publication.pk,
            "round": notice.round,
            "notice_kind": notice.kind,
            "audience": notice.audience,
            "messages": dict(notice.messages.values_list("language", "sha256")),
        },
        actor=actor,
        publication=publication,
    )
