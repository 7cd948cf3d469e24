"""What one round of a worker does. The same steps whoever calls them; each can run twice."""

from datetime import timedelta

from legalcms import clock
from notifications.actions.displays import look_at_displays
from notifications.actions.fan_out import fan_out_notices
from notifications.actions.forget_requests import forget_requests
from notifications.actions.import_recipients import recover_imports
from notifications.actions.list_unreached import list_refused
from notifications.actions.open_top_ups import close_top_ups, open_top_ups
from notifications.actions.recover import recover
from notifications.actions.send_batch import send_batch
from notifications.actions.send_confirmations import send_confirmations
from notifications.actions.settle_notices import (
    confirm_relayed,
    hold_overdue,
    settle_notices,
)
from notifications.actions.standing_by import pause_overdue, require_own_database
from notifications.models import Beat

NAME = Beat.WORKER
BEAT_EVERY = timedelta(seconds=30)


def run_round(*, keep_going=lambda: True):
    """One round of all steps. Returns what was done, by step; all zero means idle.

    What is complete is settled first, so that a promise that was kept counts
    even where the worker died before saying so. Then overdue publications are
    held: no mail may go out that names a date which is already lost. Raises
    RestoredCopy before anything is done for a database that is another's.
    """
    require_own_database()
    paused = pause_overdue(NAME)
    beat()
    return {
        "paused": paused,
        "confirmed": confirm_relayed(),
        "completed": settle_notices(),
        "held": hold_overdue(),
        "recovered": recover(),
        "imported": recover_imports(),
        "ended": close_top_ups(),
        "topped_up": open_top_ups(),
        "planned": fan_out_notices(),
        "sent": send_batch(keep_going=keep_going),
        "asked": send_confirmations(),
        "forgotten": forget_requests(),
        "looked": look_at_displays(),
        "settled": settle_notices(),
        "listed": list_refused(),
    }


def beat():
    """Leave a sign of life, now and then: an idle worker should not write each second."""
    now = clock.now()
    if not Beat.objects.filter(name=NAME, at__gt=now - BEAT_EVERY, at__lte=now).exists():
        Beat.objects.update_or_create(name=NAME, defaults={"at": now})
