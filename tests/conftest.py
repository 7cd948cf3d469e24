"""What all tests share.

Tests inside one transaction use pytest-django's ``db``. Tests that commit run
the product from outside on a database of their own (tests/journeys): frozen
rows cannot be flushed, and should not be.
"""

from pathlib import Path

import pytest
from hypothesis import settings

# A property is about values; how long one example takes on a busy machine is not.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

SHARED = Path(__file__).resolve().parents[2] / "shared"


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
