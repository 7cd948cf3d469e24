"""A policy with people to tell."""

from types import SimpleNamespace

import pytest

from tests import factories
from tests.factories import MATERIAL_TEXT


@pytest.fixture
def announced(db):
    """A material change, announced to three recipients, nothing sent yet."""
    admin = factories.admin()
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    emails = factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT, summary="Ten years now.")
    return SimpleNamespace(
        admin=admin,
        policy=policy,
        publisher=policy.publisher,
        emails=emails,
        publication=publication,
        notice=publication.notices.get(),
    )
