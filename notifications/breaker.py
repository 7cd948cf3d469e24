"""Leaves a mail server alone that does not answer. One row, shared by all workers."""

from django.db import transaction

from legalcms import clock
from notifications.models import Breaker
from notifications.schedule import breaker_until

NAME = "mail"


def current():
    """The Breaker if the mail server is out of reach, else None."""
    return Breaker.objects.filter(name=NAME, failures__gt=0).first()


def is_open():
    """Whether it is too early to try the mail server again."""
    breaker = current()
    return breaker is not None and breaker.retry_at > clock.now()


@transaction.atomic
def trip(problem):
    """Note a failure; the wait doubles with each."""
    now = clock.now()
    breaker, _created = Breaker.objects.select_for_update().get_or_create(name=NAME)
    breaker.failures += 1
    breaker.failing_since = breaker.failing_since or now
    breaker.retry_at = breaker_until(breaker.failures, now)
    breaker.problem = str(problem)[:200]
    breaker.save()


def reset():
    Breaker.objects.filter(name=NAME, failures__gt=0).update(
        failures=0, failing_since=None, retry_at=None, problem=""
    )
