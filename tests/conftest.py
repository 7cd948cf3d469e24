"""What all tests share.

Tests inside one transaction use pytest-django's ``db``. Tests that commit run
the product from outside on a database of their own (tests/journeys): frozen
rows cannot be flushed, and should not be.
"""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import django
import pytest
import time_machine
from hypothesis import settings as hypothesis_settings

from tests.mail_server import MailServer, free_port

# A property is about values; how long one example takes on a busy machine is not.
hypothesis_settings.register_profile("project", deadline=None)
hypothesis_settings.load_profile("project")

# No run crosses a legal midnight. Yesterday's noon, for the database's triggers compare with its
# own clock, which cannot be moved: what has taken effect has done so by that clock too, and what
# is announced for the days ahead is ahead of it.
NOON = datetime.combine(datetime.now(UTC).date() - timedelta(days=1), time(12), UTC)

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def noon(request):
    """Every test begins at NOON, and time passes; not for other processes, nor for real clocks."""
    if any(request.node.get_closest_marker(name) for name in ("slow", "real_clock")):
        yield
        return
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture(scope="session")
def seeds():
    """The folder of the five seed policies; skips where it is absent."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the seed policies are not here: ../shared/seeds")
    return folder


@pytest.fixture(scope="session")
def histories():
    """The folder of real policy histories; skips where it is absent."""
    folder = SHARED / "histories"
    if not folder.is_dir():
        pytest.skip("the policy histories are not here: ../shared/histories")
    return folder


@pytest.fixture
def smtp(settings):
    """A running SMTP server that Django's mail settings point to."""
    server = MailServer(free_port()).start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    if django.VERSION >= (6, 1):
        options = {"host": "127.0.0.1", "port": server.port, "timeout": 5}
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
    else:
        settings.EMAIL_BACKEND = backend
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 5
    yield server
    server.stop()
