"""How far notices have come, and when they will be done. Two queries for any number of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from notifications.models import Attempt, Delivery
from notifications.models.deliveries import UNDER_WAY, WAITING, DeliveryState, Outcome

LAST = timedelta(minutes=5)
# What brings a delivery nearer to its end; a refusal for now does not.
ENDING = (Outcome.ACCEPTED, Outcome.FAILED)


@dataclass(frozen=True)
class Progress:
    """counts: deliveries by state. per_minute: how many ended in the last minutes."""

    counts: dict[str, int]
    per_minute: float
    ends_at: datetime | None

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def left(self):
        return sum(self.counts.get(state, 0) for state in (*WAITING, *UNDER_WAY))

    @property
    def done(self):
        return self.total - self.left

    @property
    def percent(self):
        return 100 * self.done // self.total if self.total else 0

    @property
    def by_state(self):
        """(label, count) in the order of their life."""
        return [
            (state.label, self.counts[state]) for state in DeliveryState if state in self.counts
        ]


def progress_of(notices, at):
    """{id of a Notice: its Progress}."""
    notices = list(notices)
    counts = {notice.pk: {} for notice in notices}
    deliveries = Delivery.objects.filter(notice__in=counts).values_list("notice", "state")
    for pk, state, count in deliveries.annotate(n=Count("pk")).order_by():
        counts[pk][state] = count
    ended = _ended(notices, at)
    return {
        notice.pk: _progress(notice, counts[notice.pk], ended.get(notice.pk, 0), at)
        for notice in notices
    }


def _ended(notices, at):
    """How many attempts on each open notice ended in the last minutes."""
    is_open = [notice.pk for notice in notices if notice.closed_at is None]
    if not is_open:
        return {}
    attempts = Attempt.objects.filter(
        started_at__gt=at - LAST, outcome__in=ENDING, delivery__notice__in=is_open
    )
    counted = attempts.order_by().values_list("delivery__notice").annotate(n=Count("pk"))
    return dict(counted)


def _progress(notice, counts, ended, at):
    minutes = min(LAST, max(at - notice.opened_at, timedelta(seconds=1))) / timedelta(minutes=1)
    per_minute = ended / minutes
    left = sum(counts.get(state, 0) for state in (*WAITING, *UNDER_WAY))
    is_moving = left and per_minute and notice.paused_at is None and notice.fanned_out_at
    ends_at = at + timedelta(minutes=left / per_minute) if is_moving else None
    return Progress(counts, per_minute, ends_at)
