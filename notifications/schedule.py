"""When to try again. Pure: given the facts, an instant.

Source: RFC 5321, section 4.5.4.1, for giving a deferred message time, bounded
here so that a notice with hours to go is not put off for a day.
"""

import hashlib
from datetime import datetime, timedelta

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(minutes=30)
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=5)
BREAKER_FIRST = timedelta(seconds=10)
BREAKER_LONGEST = timedelta(minutes=5)


def retry_at(tried: int, now: datetime, delivery_id: int) -> datetime:
    """Next try of one deferred Delivery after ``tried`` ≥ 1 attempts.

    Doubles from FIRST_RETRY to LONGEST_RETRY, plus up to a quarter more that
    differs by delivery and is the same on every run, so that a thousand
    messages deferred together do not come back together.
    """
    wait = _doubled(FIRST_RETRY, tried, LONGEST_RETRY)
    seed = hashlib.sha256(f"{delivery_id}:{tried}".encode()).digest()[0]
    return now + wait * (1 + seed / 1024)


def breaker_until(failures: int, now: datetime) -> datetime:
    """How long to leave a mail server alone after ``failures`` ≥ 1 failures in a row."""
    return now + _doubled(BREAKER_FIRST, failures, BREAKER_LONGEST)


def _doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    return min(longest, first * (1 << min(times - 1, 16)))
