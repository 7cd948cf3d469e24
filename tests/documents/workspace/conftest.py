"""A policy that is announced, and the people of its team."""

import pytest

from documents.models import Role
from tests import factories


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    """Version 1 is in force; the draft is its text."""
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    policy.refresh_from_db()
    return policy


@pytest.fixture
def editor(policy):
    return factories.member(policy.publisher, Role.EDITOR)


@pytest.fixture
def publisher(policy):
    return factories.member(policy.publisher, Role.PUBLISHER)
