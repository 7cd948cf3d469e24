"""The only clock. Everything that asks for the time asks here.

An offset moves it for rehearsals and tests; production settings refuse one.
"""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return timezone.now() + settings.CLOCK_OFFSET
