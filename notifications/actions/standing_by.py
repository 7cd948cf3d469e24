"""When a worker must not send on its own: the database is a copy, or it was away for long.

A backup restored elsewhere would mail people again; a worker that comes back
after a day would mail what nobody expects any more. Both wait for a person.
"""

from datetime import timedelta

from django.conf import settings

from legalcms import clock
from notifications.errors import NotAnAdministrator, RestoredCopy
from notifications.models import Beat, Installation, Notice

AWAY = timedelta(hours=12)
NAME = "installation"


def require_own_database():
    """Raises RestoredCopy unless this installation is the one that the database belongs to."""
    owner, _created = Installation.objects.get_or_create(
        name=NAME, defaults={"key": settings.INSTANCE}
    )
    if owner.key != settings.INSTANCE:
        raise RestoredCopy()


def adopt_database(*, by):
    """Make this installation the one that sends from this database. Administrators only."""
    if not by.is_superuser:
        raise NotAnAdministrator(user=by.get_username())
    Installation.objects.update_or_create(name=NAME, defaults={"key": settings.INSTANCE})


def pause_overdue(beat_name):
    """Pause what was opened long ago if no worker has run since. Returns the number of notices."""
    now = clock.now()
    if Beat.objects.filter(name=beat_name, at__gt=now - AWAY, at__lte=now).exists():
        return 0
    return Notice.objects.filter(
        closed_at__isnull=True, paused_at__isnull=True, opened_at__lte=now - AWAY
    ).update(paused_at=now)
