"""A policy of a publisher whose material changes need a second person."""

from types import SimpleNamespace

import pytest

from documents.models import Role
from documents.models.publishers import TwoPersonRule
from tests import factories


@pytest.fixture
def team(db):
    """Version 1 in force by e-mail promise (10 days), three recipients, two who may publish."""
    admin = factories.admin()
    publisher = factories.publisher(admin, two_person_rule=TwoPersonRule.MATERIAL)
    policy = factories.policy(admin, of=publisher)
    factories.publish(policy, admin)
    factories.recipients(publisher, admin)
    return SimpleNamespace(
        admin=admin,
        publisher=publisher,
        policy=policy,
        ada=factories.member(publisher, Role.PUBLISHER),
        bo=factories.member(publisher, Role.PUBLISHER),
        reviewer=factories.member(publisher, Role.REVIEWER),
        editor=factories.member(publisher, Role.EDITOR),
    )
