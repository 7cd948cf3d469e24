"""Periodic work. When it is next due stands in a row, so that any number of processes may tick.

Taking a duty moves its row on by a lease; whoever dies with it leaves it to
the next. Ticking costs one query where nothing is due.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from documents.actions.stamp_head import stamp_head
from documents.errors import LegalCMSError
from documents.models import Publisher
from documents.verification.watching import Watch
from documents.verification.whole_record import first_problem
from legalcms import clock
from notifications import watching
from notifications.actions.note_verification import note_verification
from notifications.actions.raise_alarms import note_findings, tell_team
from notifications.actions.standing_by import require_own_database
from notifications.models import Duty

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Periodic:
    """work: takes nothing, can run twice. lease: longer than it takes."""

    work: Callable[[], None]
    every: timedelta
    lease: timedelta


def keep_watch():
    """Look for trouble, and tell the team. Raises RestoredCopy: a copy tells nobody."""
    require_own_database()
    note_findings(findings=watching.found(clock.now()))
    tell_team()


def verify_records():
    for publisher in Publisher.objects.order_by("pk"):
        note_verification(publisher=publisher, problem=first_problem(publisher, Watch()) or "")


def stamp_heads():
    if not settings.TSA_URL:
        return
    for publisher in Publisher.objects.order_by("pk"):
        try:
            stamp_head(publisher=publisher)
        except LegalCMSError as error:
            logger.warning("No time stamp for publisher %s: %s", publisher.pk, error)


# The watch comes last: it asks whether the others were done, also on the first day.
DUTIES = {
    "verify": Periodic(verify_records, timedelta(days=1), timedelta(hours=6)),
    "stamp": Periodic(stamp_heads, timedelta(days=1), timedelta(hours=1)),
    "watch": Periodic(keep_watch, timedelta(minutes=1), timedelta(minutes=5)),
}


def keep(name):
    """Do a duty if it is due and nobody else has it. True if it was done."""
    duty, now = DUTIES[name], clock.now()
    Duty.objects.get_or_create(name=name, defaults={"due_at": now})
    leased_until = now + duty.lease
    if not Duty.objects.filter(name=name, due_at__lte=now).update(due_at=leased_until):
        return False
    duty.work()
    Duty.objects.filter(name=name, due_at=leased_until).update(due_at=now + duty.every)
    return True
