"""The only clock. Everything that asks for the time asks here.

An offset moves it for rehearsals and tests; production settings refuse one.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections
from django.utils import timezone

MAX_SKEW = timedelta(seconds=30)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return timezone.now() + settings.CLOCK_OFFSET


def database_skew(using: str) -> timedelta:
    """How far the database's clock is ahead of this machine's; zero where they are one."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return timedelta(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0] - timezone.now()


@register(Tags.database)
def check_skew(databases=None, **kwargs):
    """Two clocks that disagree would date the record wrongly."""
    return [
        Error(
            f"The clock of database {using} and this machine's differ by {skew}.",
            hint="Set both by NTP.",
            id="legalcms.E001",
        )
        for using in databases or ()
        if abs(skew := database_skew(using)) > MAX_SKEW
    ]
