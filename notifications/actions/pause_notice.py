"""Pause a notice that is under way, and let it go again."""

from django.db import transaction

from documents.actions.append_entry import append_entry
from documents.models import Actor, Publication
from documents.permissions import require
from legalcms import clock
from notifications.errors import NoticeClosed
from notifications.models import Notice


@transaction.atomic
def pause_notice(*, notice_id, by):
    """Nothing more of it goes out until somebody resumes it; its deadline stays. Returns it."""
    notice = lock_open_notice(notice_id, by)
    if notice.paused_at is None:
        notice.paused_at = clock.now()
        notice.save(update_fields=["paused_at"])
        record_step(notice, "notice.paused", by)
    return notice


@transaction.atomic
def resume_notice(*, notice_id, by):
    """Let a paused notice go out. Returns the Notice."""
    notice = lock_open_notice(notice_id, by)
    if notice.paused_at is not None:
        notice.paused_at, notice.pause_reason = None, ""
        notice.answered = notice.bounced = notice.blocked = 0  # it is judged by what comes now
        notice.save(update_fields=["paused_at", "pause_reason", "answered", "bounced", "blocked"])
        record_step(notice, "notice.resumed", by)
    return notice


def lock_open_notice(notice_id, by):
    """The Notice, its publication locked before it as everywhere. Raises NoticeClosed."""
    publication = Publication.objects.select_for_update(of=("self",)).get(notices=notice_id)
    require(by, "publish", publication.publisher)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    notice.publication = publication
    if notice.closed_at is not None:
        raise NoticeClosed()
    return notice


def record_step(notice, kind, by, **values):
    append_entry(
        publisher=notice.publication.publisher,
        kind=kind,
        payload={"publication": notice.publication_id, "round": notice.round, **values},
        actor=Actor.of(by),
        publication=notice.publication,
    )
