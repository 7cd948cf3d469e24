"""One clock, and what happens when two disagree."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from legalcms import clock

pytestmark = pytest.mark.real_clock


def test_an_offset_moves_the_clock(settings):
    settings.CLOCK_OFFSET = timedelta(days=3)
    ahead = clock.now() - timezone.now()
    assert timedelta(days=2, hours=23) < ahead <= timedelta(days=3)


@pytest.mark.django_db
def test_the_database_of_the_tests_keeps_the_same_time():
    assert abs(clock.database_skew("default")) < clock.MAX_SKEW
    assert clock.check_skew(databases=["default"]) == []


@pytest.mark.django_db
def test_a_database_whose_clock_differs_is_an_error(monkeypatch):
    monkeypatch.setattr(clock, "database_skew", lambda using: timedelta(minutes=-5))
    assert [error.id for error in clock.check_skew(databases=["default"])] == ["legalcms.E001"]


@pytest.mark.django_db
def test_the_skew_is_measured_on_the_database(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has this machine's clock")
    real = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: real - timedelta(hours=1))
    assert clock.database_skew("default") > timedelta(minutes=59)
