"""Notices that do not move, wait for a person, or will miss their date."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from documents.models import Publication
from notifications import audiences
from notifications.actions.settle_notices import is_told
from notifications.models import Attempt, Delivery, Notice
from notifications.models.deliveries import UNDER_WAY, WAITING, Outcome

from .vocabulary import Trouble, shown

SAMPLE = 1000  # attempts from which the pace is read
SETTLING_IN = timedelta(minutes=10)  # a notice this young has no pace yet


@dataclass(frozen=True)
class Recent:
    """The last attempts that reached a mail server, since an instant.

    pace: attempts per second until now; 0 where there was none. reached: their
    (notice, its deadline) pairs.
    """

    pace: float
    reached: frozenset

    def serves(self, notice):
        """Whether this notice moves, or waits behind a more urgent one that does."""
        return any(
            pk == notice.pk
            or (deadline and (notice.deadline_at is None or deadline <= notice.deadline_at))
            for pk, deadline in self.reached
        )


def recent(at):
    rows = Attempt.objects.order_by("-pk").values_list(
        "started_at", "outcome", "delivery__notice", "delivery__notice__deadline_at"
    )[:SAMPLE]
    since = at - settings.ALARM_OVERDUE
    tried = [row for row in rows if row[0] > since and row[1] != Outcome.NOT_SENT]
    if not tried:
        return Recent(0, frozenset())
    seconds = max((at - min(row[0] for row in tried)).total_seconds(), 1)
    return Recent(len(tried) / seconds, frozenset(row[2:] for row in tried))


def under_way():
    """Open notices that may be sent, the most urgent first; those without a deadline last."""
    found = Notice.objects.filter(closed_at__isnull=True, paused_at__isnull=True)
    found = found.select_related("publication__publisher").order_by("pk")
    return sorted(found, key=lambda notice: (notice.deadline_at is None, notice.deadline_at or 0))


def overdue(at):
    """Planned past due, and nothing has been tried for long."""
    since, moving = at - settings.ALARM_OVERDUE, recent(at)
    for notice in under_way():
        if has_work_since(notice, since) and not moving.serves(notice):
            yield about(notice, {})


def has_work_since(notice, since):
    """Whether something of this notice was due then: people to list, to write to, or to recover."""
    if notice.fanned_out_at is None and notice.opened_at <= since:
        return True
    late = Q(state__in=WAITING, due_at__lte=since) | Q(state__in=UNDER_WAY, lease_until__lte=since)
    # The states once more, outside the "or": so that the index by notice and state serves.
    unsent = Delivery.objects.filter(notice=notice, state__in=(*WAITING, *UNDER_WAY))
    return unsent.filter(late).exists()


def waits_for_person(at):
    """Held back after a pause of all workers: never sent without somebody's word."""
    paused = Notice.objects.filter(closed_at__isnull=True, paused_at__isnull=False)
    for notice in paused.select_related("publication__publisher"):
        yield about(notice, {"since": shown(notice.paused_at, notice.publication.publisher)})


def at_risk(at):
    """By its pace, and by what is more urgent, it will not be done by its deadline."""
    pace, ahead = recent(at).pace, 0
    for notice in under_way():
        left = people_left(notice)
        ahead += left
        is_new = at - notice.opened_at < SETTLING_IN
        if notice.deadline_at is None or not left or is_new:
            continue
        if is_late(notice.deadline_at - at, ahead, pace):
            publisher = notice.publication.publisher
            facts = {"left": left, "deadline": shown(notice.deadline_at, publisher)}
            yield about(notice, facts | {"an_hour": round(pace * 3600)})


def is_late(time_left, ahead, pace):
    """Whether so many messages take longer. Without a pace: whether it is time to look."""
    if not pace:
        return time_left < settings.ALARM_AT_RISK
    return ahead / pace > time_left.total_seconds()


def people_left(notice):
    if notice.fanned_out_at is None:
        settled = notice.deliveries.filter(settled_at__isnull=False).count()
        return max(audiences.of_notice(notice).count() - settled, 0)
    return Delivery.objects.filter(notice=notice, state__in=(*WAITING, *UNDER_WAY)).count()


def about_to_be_held(at):
    """Its time runs out before everyone was told, or before somebody answered for failures."""
    waiting = Publication.objects.open().filter(held_at__isnull=True, notice_required=True)
    for publication in waiting.select_related("publisher").order_by("pk"):
        until = publication.effective_at if is_told(publication) else publication.deadline_at
        until = until or publication.effective_at
        if until - at <= min(settings.ALARM_AT_RISK, (until - publication.announced_at) / 2):
            yield of_publication(publication, {"until": shown(until, publication.publisher)})


def about(notice, facts):
    return of_publication(notice.publication, facts, f"notice {notice.pk}")


def of_publication(publication, facts, key=""):
    version = publication.versions.get()
    named = {"number": version.number, "title": version.title}
    return Trouble(publication.publisher, key or f"publication {publication.pk}", facts | named)
