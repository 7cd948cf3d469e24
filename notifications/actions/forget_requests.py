"""Forget requests to follow that nobody confirmed in time, and those that are done with."""

from datetime import timedelta

from django.db.models import Q

from legalcms import clock
from notifications import tokens
from notifications.models import FollowRequest

COUNTED_FOR = timedelta(days=1)  # as ask_to_follow counts
BATCH = 500


def forget_requests():
    """Returns the number of requests that were forgotten."""
    now = clock.now()
    over = Q(asked_at__lt=now - tokens.LIFETIME[tokens.CONFIRM])
    done = Q(confirmed_at__isnull=False, asked_at__lt=now - COUNTED_FOR)
    keys = list(FollowRequest.objects.filter(over | done).values_list("pk", flat=True)[:BATCH])
    FollowRequest.objects.filter(pk__in=keys).delete()
    return len(keys)
