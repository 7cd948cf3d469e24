"""When to try again, how much at once, and when to stop. Pure: given the facts, an answer.

Source: RFC 5321, section 4.5.4.1, for giving a deferred message time, bounded
here so that a notice with hours to go is not put off for a day.
"""

import hashlib
from datetime import datetime, timedelta

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(minutes=30)
LEASE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=5)
# What a crash may repeat: no more than goes over in the span, and never more than the most.
WINDOW_SPAN = 0.2  # seconds
WINDOW_MOST = 500  # messages
WINDOW_GROWTH = 4
RATE_SLACK = timedelta(seconds=2)  # from leave to send until it is sent
BOUNCES = (20, 0.3)  # least number, share of those answered
BLOCKED = (10, 0.05)
CONTENT_TRIES = 3
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


def next_window(size: int, seconds: float) -> int:
    """How many messages to have under way at once, after ``size`` of them took ``seconds``."""
    fits = int(size * WINDOW_SPAN / max(seconds, 1e-6))
    return max(1, min(fits, size * WINDOW_GROWTH, WINDOW_MOST))


def at_once(most: int) -> int:
    """How many of a rate may go at once: a tenth, so that a worker need not come each instant."""
    return max(1, most // 10)


def spacing(most: int, span: timedelta) -> timedelta:
    """Time that one message takes from a rate: no window of ``span`` then holds more than most."""
    return (span + RATE_SLACK) / (most - at_once(most) + 1)


def allowance(most: int, span: timedelta, free_at: datetime | None, now: datetime) -> int:
    """How many messages of a rate may go now. free_at: see ``taken``.

    Source: the generic cell rate algorithm, ITU-T I.371: one instant is all that
    has to be kept.
    """
    ahead = max((free_at or now) - now, timedelta(0))
    room = at_once(most) * spacing(most, span) - ahead
    return max(0, room // spacing(most, span))


def taken(
    number: int, most: int, span: timedelta, free_at: datetime | None, now: datetime
) -> datetime:
    """The new free_at of a rate after ``number`` messages."""
    return max(free_at or now, now) + number * spacing(most, span)


def alarm(answered: int, bounced: int, blocked: int) -> str:
    """Why a notice should stop until a person has looked: "bounces", "content" or ""."""
    for reason, number, (least, share) in (
        ("content", blocked, BLOCKED),
        ("bounces", bounced, BOUNCES),
    ):
        if number >= least and number >= share * answered:
            return reason
    return ""


def _doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    return min(longest, first * (1 << min(times - 1, 16)))
