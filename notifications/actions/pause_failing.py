"""Stop a notice that mail servers refuse, before it costs the sender its name."""

import logging

from django.db.models import F

from legalcms import clock
from notifications.models import Notice
from notifications.schedule import alarm

logger = logging.getLogger(__name__)


def count_answers(*, notice, answers):
    """Add to a notice's counters, and pause it if they say so.

    answers: number of messages by "accepted", "bounced" and "blocked". Call it
    last in a transaction: workers wait for each other here.
    """
    final = sum(answers[name] for name in ("accepted", "bounced", "blocked"))
    if not final:
        return
    Notice.objects.filter(pk=notice.pk).update(
        answered=F("answered") + final,
        bounced=F("bounced") + answers["bounced"],
        blocked=F("blocked") + answers["blocked"],
    )
    if answers["bounced"] or answers["blocked"]:
        pause_if_failing(notice.pk)


def pause_if_failing(notice_id):
    notice = Notice.objects.get(pk=notice_id)
    reason = alarm(notice.answered, notice.bounced, notice.blocked)
    if reason and notice.paused_at is None:
        notice.paused_at, notice.pause_reason = clock.now(), reason
        notice.save(update_fields=["paused_at", "pause_reason"])
        logger.error("Notice %s is paused: %s", notice.pk, reason)
