"""What the source system says that it has, and what stands still while we hold something else."""

import hashlib
from datetime import timedelta

import pytest
import time_machine

from documents.errors import InvalidInput, NotAllowed
from documents.models import Role
from legalcms import clock
from notifications import manifests, people
from notifications.actions.leave import leave
from notifications.actions.purge_addresses import purge_addresses
from notifications.actions.receive_manifest import receive_manifest
from notifications.actions.sign_off_manifest import sign_off_manifest
from notifications.actions.upsert_recipient import Person, upsert_recipient
from notifications.errors import AddressesMissing, ManifestDiffers, NothingDiffers, StillNeeded
from notifications.models import Notice, Recipient
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db
PEOPLE = [Person("é1", "ada@example.org"), Person("b2", "bo@example.org", roles=("end_user",))]


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    sync(policy, admin)
    return policy


def sync(policy, admin):
    for person in PEOPLE:
        upsert_recipient(publisher=policy.publisher, person=person, by=admin)


def receive(policy, by, ago=1, **counted):
    made_at = clock.now() - timedelta(minutes=ago)
    return receive_manifest(publisher=policy.publisher, made_at=made_at, counted=counted, by=by)


def test_the_hash_is_over_the_ids_in_the_order_of_their_bytes(policy):
    expected = hashlib.sha256("b2\né1\n".encode()).hexdigest()
    assert manifests.held(policy.publisher) == {
        "people": 2,
        "account_holder": 1,
        "end_user": 2,
        "sha256": expected,
    }


def test_a_difference_stops_publishing_until_somebody_signs_for_it(policy, admin, smtp):
    receive(policy, admin, people=3, end_user=2)
    with pytest.raises(ManifestDiffers, match="people: 3 there, 2 here"):
        factories.publish(policy, admin, MATERIAL_TEXT)
    assert not Notice.objects.exists()
    manifest = sign_off_manifest(publisher=policy.publisher, reason="A test account.", by=admin)
    assert manifest.signed_by
    factories.publish(policy, admin)
    assert Notice.objects.exists()


def test_a_signature_is_for_this_difference_alone(policy, admin):
    receive(policy, admin, people=3)
    sign_off_manifest(publisher=policy.publisher, reason="A test account.", by=admin)
    leave(recipient_id=Recipient.objects.first().pk, by=admin)
    with pytest.raises(ManifestDiffers):
        factories.publish(policy, admin, MATERIAL_TEXT)


def test_what_agrees_needs_no_signature_and_the_newest_counts(policy, admin):
    receive(policy, admin, ago=1, people=2)
    receive(policy, admin, ago=2, people=99)
    with pytest.raises(NothingDiffers):
        sign_off_manifest(publisher=policy.publisher, reason="x", by=admin)
    factories.publish(policy, admin, MATERIAL_TEXT)


def test_only_a_publisher_signs(policy, admin):
    receive(policy, admin, people=3)
    member = factories.member(policy.publisher, Role.RECIPIENTS)
    with pytest.raises(NotAllowed):
        sign_off_manifest(publisher=policy.publisher, reason="x", by=member)


@pytest.mark.parametrize("wrong", [{"people": -1}, {"people": True}, {"sha256": "x"}, {"kings": 1}])
def test_what_is_no_count_is_refused(policy, admin, wrong):
    with pytest.raises(InvalidInput):
        receive(policy, admin, **({"people": 2} | wrong))


def test_addresses_are_purged_once_nobody_needs_them_and_the_proofs_stay(policy, admin, smtp):
    factories.publish(policy, admin, MATERIAL_TEXT, effect=None)
    with pytest.raises(StillNeeded):
        purge_addresses(publisher=policy.publisher, by=admin)
    factories.work()
    publication = Notice.objects.get().publication
    publication.refresh_from_db()
    with time_machine.travel(publication.effective_at, tick=False):
        assert purge_addresses(publisher=policy.publisher, by=admin) == 2
        assert not Recipient.objects.exclude(email="", name="").exists()
        assert not Recipient.history.exclude(email="", name="", email_key="").exists()
        assert people.with_address(policy.publisher, "ada@example.org").external_id == "é1"
        assert people.with_address(policy.publisher, "eve@example.org") is None
        text = MATERIAL_TEXT.replace("ten years", "three years")
        with pytest.raises(AddressesMissing, match="2 people"):
            factories.publish(policy, admin, text)
        sync(policy, admin)
        factories.publish(policy, admin)
        assert not Recipient.objects.filter(purged_at__isnull=False).exists()
        assert Recipient.objects.count() == 2
