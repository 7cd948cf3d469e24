"""Leaves a mail server alone that does not answer, and a sender that it refuses.

One row each, shared by all workers: one publisher whose sender is refused
must not hold up the others.
"""

from django.db import transaction

from legalcms import clock
from notifications.models import Breaker
from notifications.schedule import breaker_until

SERVER = "mail server"


def current(*names):
    """The first Breaker of these names that has tripped, or None."""
    return Breaker.objects.filter(name__in=names, failures__gt=0).order_by("name").first()


def closed_to():
    """The names of what is not to be tried yet: SERVER, or senders' addresses."""
    return set(
        Breaker.objects.filter(failures__gt=0, retry_at__gt=clock.now()).values_list(
            "name", flat=True
        )
    )


@transaction.atomic
def trip(name, problem):
    """Note a failure; the wait doubles with each."""
    now = clock.now()
    breaker, _created = Breaker.objects.select_for_update().get_or_create(name=name)
    breaker.failures += 1
    breaker.failing_since = breaker.failing_since or now
    breaker.retry_at = breaker_until(breaker.failures, now)
    breaker.problem = str(problem)[:200]
    breaker.save()


def reset(*names):
    """These work again."""
    Breaker.objects.filter(name__in=names, failures__gt=0).update(
        failures=0, failing_since=None, retry_at=None, problem=""
    )
