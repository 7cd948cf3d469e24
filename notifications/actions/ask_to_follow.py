"""Somebody typed an address on a policy's page: have it confirmed, within bounds.

Who asks learns nothing from it: not whether the address is known, nor whether
a bound was reached. The bounds are counted over rows, so that any number of
processes share them.
"""

from datetime import timedelta

from django.db import transaction

from legalcms import clock
from notifications.actions.add_recipients import lock_recipients
from notifications.follow_keys import address_key, ip_key
from notifications.models import FollowRequest

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MOST_PER_IP = 10  # an hour
MOST_IN_ALL = 1000  # an hour


@transaction.atomic
def ask_to_follow(*, policy, email, ip):
    """email: a valid address; ip: of whoever asks.

    Returns the FollowRequest, or None at a bound.
    """
    lock_recipients(policy.publisher)
    now = clock.now()
    address, household = address_key(email), ip_key(ip)
    recent = FollowRequest.objects.filter(asked_at__gt=now - HOUR)
    if (
        FollowRequest.objects.filter(address_key=address, asked_at__gt=now - DAY).exists()
        or recent.filter(ip_key=household).count() >= MOST_PER_IP
        or recent.count() >= MOST_IN_ALL
    ):
        return None
    return FollowRequest.objects.create(
        policy=policy,
        email=email,
        address_key=address,
        ip_key=household,
        asked_at=now,
        due_at=now,
    )
