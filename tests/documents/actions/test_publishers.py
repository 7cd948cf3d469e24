"""Founding a publisher, and what its team may see."""

import pytest

from documents.errors import FrozenRecord, InvalidInput, NotAllowed
from documents.models import Role
from documents.permissions import may, publishers_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"slug": "admin"}, "slug"),
        ({"slug": "Not a slug"}, "slug"),
        ({"contact": "not an address"}, "contact"),
        ({"name": "Acme\r\nBcc: eve@example.org"}, "name"),
        ({"time_zone": "Europe/Nowhere"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
    ],
)
def test_values_that_cannot_be_used_are_named(admin, values, field):
    with pytest.raises(InvalidInput) as caught:
        factories.publisher(admin, **values)
    assert caught.value.data["field"] == field


def test_the_slug_that_the_log_is_hashed_with_stays(admin):
    publisher = factories.publisher(admin)
    publisher.name = "Another name"
    publisher.save()
    publisher.slug = "another-slug"
    with pytest.raises(FrozenRecord, match="slug"):
        publisher.save()
    publisher.refresh_from_db()
    assert publisher.name == "Another name"


def test_only_an_administrator_founds_publishers(admin):
    editor = factories.member(factories.publisher(admin), Role.EDITOR)
    with pytest.raises(NotAllowed):
        factories.publisher(editor)


def test_a_team_sees_its_own_publisher_alone(admin):
    ours, theirs = factories.publisher(admin), factories.publisher(admin)
    for role in Role:
        member = factories.member(ours, role)
        assert list(publishers_for(member)) == [ours]
        assert may(member, "view", ours)
        assert not any(may(member, act, theirs) for act in ("view", "edit", "publish"))
        member.is_active = False
        assert not may(member, "view", ours)


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (Role.EDITOR, {"view", "edit"}),
        (Role.REVIEWER, {"view", "edit"}),
        (Role.PUBLISHER, {"view", "edit", "publish"}),
        (Role.RECIPIENTS, {"view", "manage_recipients"}),
        (Role.AUDITOR, {"view"}),
    ],
)
def test_what_each_role_may_do(admin, role, acts):
    publisher = factories.publisher(admin)
    member = factories.member(publisher, role)
    allowed = {
        act
        for act in ("view", "edit", "publish", "manage_recipients")
        if may(member, act, publisher)
    }
    assert allowed == acts
