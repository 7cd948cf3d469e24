"""A policy to read, and the two states that need a story: pending and held."""

from datetime import timedelta

import pytest
import time_machine

from tests import factories
from tests.factories import MATERIAL_TEXT


@pytest.fixture
def admin(db):
    return factories.admin()


@pytest.fixture
def policy(admin):
    """With a draft that nobody has published."""
    return factories.policy(admin)


@pytest.fixture
def published(policy, admin):
    """With version 1 in force, and somebody to tell of the next."""
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    return policy


@pytest.fixture
def announced(published, admin):
    """With version 1 in force, and version 2 announced and cleared for its day."""
    factories.publish(published, admin, MATERIAL_TEXT, summary="We keep names for ten years.")
    factories.work()
    return published


@pytest.fixture
def held(published, admin):
    """With version 1 in force, and version 2 held: its day came and nobody was told."""
    publication = factories.publish(published, admin, MATERIAL_TEXT)
    with time_machine.travel(publication.effective_at + timedelta(hours=1), tick=False):
        yield published
