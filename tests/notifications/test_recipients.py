"""Who joins, leaves and joins again."""

import pytest

from documents.errors import InvalidInput, NotAllowed
from documents.evidence.commitment import normalised
from documents.models import Role
from notifications import audiences
from notifications.actions.add_recipients import add_recipients
from notifications.actions.leave import leave
from notifications.models import Recipient
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    return factories.policy(admin)


def add(policy, admin, *emails):
    people = [(email, "") for email in emails]
    return add_recipients(publisher=policy.publisher, people=people, by=admin)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada@example.org", "ada@EXAMPLE.org"),
        (" ada@example.org", "ada@example.org "),
        ("caf\u00e9@example.org", "cafe\u0301@example.org"),
    ],
)
def test_spellings_of_one_address_are_one(one, other):
    assert normalised(one) == normalised(other)


def test_the_local_part_is_left_as_written():
    assert normalised("Ada@example.org") != normalised("ada@example.org")


def test_the_same_person_twice_is_one(policy, admin):
    assert add(policy, admin, "ada@example.org", "ada@Example.org") == 1
    assert add(policy, admin, "ada@example.org") == 0


def test_who_left_and_is_added_again_is_told_again(policy, admin):
    add(policy, admin, "ada@example.org")
    leave(recipient_id=Recipient.objects.get().pk, by=admin)
    assert audiences.for_policy(policy).count() == 0
    assert add(policy, admin, "ada@example.org") == 1
    assert audiences.for_policy(policy).count() == 1


def test_one_bad_line_is_named_and_nobody_joins(policy, admin):
    with pytest.raises(InvalidInput, match="line 2"):
        add(policy, admin, "ada@example.org", "not an address")
    assert not Recipient.objects.exists()


def test_recipients_of_one_publisher_are_not_those_of_another(policy, admin):
    add(policy, admin, "ada@example.org")
    assert audiences.for_policy(factories.policy(admin)).count() == 0


def test_only_a_recipient_manager_adds_people(policy, admin):
    with pytest.raises(NotAllowed):
        add(policy, factories.member(policy.publisher, Role.PUBLISHER), "ada@example.org")
    manager = factories.member(policy.publisher, Role.RECIPIENTS)
    assert add(policy, manager, "ada@example.org") == 1
