"""When to try again."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.schedule import BREAKER_LONGEST, LONGEST_RETRY, breaker_until, retry_at

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tried", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (60, 30)]
)
def test_waits_double_up_to_the_longest_with_at_most_a_quarter_more(tried, minutes):
    wait = retry_at(tried, NOW, delivery_id=7) - NOW
    assert timedelta(minutes=minutes) <= wait < timedelta(minutes=minutes) * 1.25


def test_deliveries_deferred_together_come_back_apart():
    assert len({retry_at(1, NOW, delivery_id) for delivery_id in range(100)}) > 50


def test_the_same_delivery_waits_the_same_on_every_run():
    assert retry_at(3, NOW, 7) == retry_at(3, NOW, 7)


@pytest.mark.parametrize("failures", [1, 2, 10, 10_000])
def test_a_mail_server_is_tried_again_before_long(failures):
    assert NOW < breaker_until(failures, NOW) <= NOW + BREAKER_LONGEST
    assert LONGEST_RETRY > BREAKER_LONGEST
