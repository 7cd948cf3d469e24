"""One person: told by the publisher's own id, suppressed, erased; and who is told of what."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection, models

from documents.actions.set_promise import set_promise
from documents.errors import InvalidInput, NotAllowed
from documents.evidence.commitment import commitment
from documents.models import Role
from documents.promises import AudienceRole
from notifications import audiences, evidence
from notifications.actions.add_recipients import add_recipients
from notifications.actions.choose_audience import choose_audience
from notifications.actions.erase_recipient import erase_recipient
from notifications.actions.fan_out import fan_out_notices
from notifications.actions.suppress_recipient import lift_suppression, suppress_recipient
from notifications.actions.upsert_recipient import Person, upsert_recipient
from notifications.models import Delivery, Recipient
from tests import factories
from tests.factories import EMAIL_PROMISE, MATERIAL_TEXT

pytestmark = pytest.mark.django_db
ADA = Person("7", "ada@example.org", "Ada", roles=("account_holder",))


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    return factories.policy(admin)


def tell(policy, person, by):
    return upsert_recipient(publisher=policy.publisher, person=person, by=by)


def test_the_publishers_own_id_keeps_the_person_through_a_new_address(policy, admin):
    before, _is_new = tell(policy, ADA, admin)
    after, changed = tell(policy, replace(ADA, email="ada@example.net"), admin)
    assert (after.pk, after.salt, changed) == (before.pk, before.salt, True)
    assert Recipient.objects.get().email == "ada@example.net"


def test_told_twice_nothing_changes(policy, admin):
    tell(policy, ADA, admin)
    assert tell(policy, ADA, admin)[1] is False
    assert Recipient.history.count() == 1


def test_somebody_added_by_hand_is_known_by_the_address(policy, admin):
    add_recipients(publisher=policy.publisher, people=[("ada@example.org", "")], by=admin)
    tell(policy, ADA, admin)
    assert Recipient.objects.get().external_id == "7"


def test_the_address_of_another_person_is_refused(policy, admin):
    tell(policy, ADA, admin)
    with pytest.raises(InvalidInput, match="another person"):
        tell(policy, replace(ADA, external_id="8"), admin)


@pytest.mark.parametrize("wrong", [{"email": "x"}, {"time_zone": "Mars"}, {"external_id": " "}])
def test_what_cannot_be_used_is_refused(policy, admin, wrong):
    with pytest.raises(InvalidInput):
        tell(policy, replace(ADA, **wrong), admin)
    assert not Recipient.objects.exists()


def test_another_team_may_not(policy, admin):
    stranger = factories.member(factories.publisher(admin), Role.RECIPIENTS)
    with pytest.raises(NotAllowed):
        tell(policy, ADA, stranger)
    person, _is_new = tell(policy, ADA, admin)
    for act in (erase_recipient, lift_suppression):
        with pytest.raises(NotAllowed):
            act(recipient_id=person.pk, by=stranger)


def test_who_is_suppressed_before_the_claim_is_excluded_and_told_again_when_lifted(announced, smtp):
    fan_out_notices()
    person = Recipient.objects.first()
    suppress_recipient(recipient_id=person.pk, reason="Bounced for good.", by=announced.admin)
    factories.work()
    assert person.email not in [message["To"] for message in smtp.messages]
    assert Delivery.objects.get(recipient=person).reason == "suppressed"
    assert person.history.first().suppressed_reason == "Bounced for good."
    lift_suppression(recipient_id=person.pk, by=announced.admin)
    assert Recipient.objects.to_be_told().filter(pk=person.pk).exists()


def test_a_suppression_needs_a_reason(policy, admin):
    person, _is_new = tell(policy, ADA, admin)
    with pytest.raises(InvalidInput, match="why"):
        suppress_recipient(recipient_id=person.pk, reason=" ", by=admin)


def cells():
    """(table.column, text) of every text in the database."""
    for model in apps.get_models():
        texts = (models.CharField, models.TextField, models.JSONField)
        names = [f.column for f in model._meta.local_concrete_fields if isinstance(f, texts)]
        with connection.cursor() as cursor:
            for name in names:
                column = connection.ops.quote_name(name)
                cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")
                yield from ((f"{model._meta.db_table}.{name}", str(row[0])) for row in cursor)


def test_after_erasing_no_table_holds_the_person_and_the_proof_still_verifies(announced, smtp):
    person = Recipient.objects.get(email=announced.emails[0])
    told = Person("id-of-ada", "ada.old@example.org", "Ada Lovelace", language="en")
    upsert_recipient(publisher=announced.publisher, person=told, by=announced.admin)
    ada = Recipient.objects.get(external_id="id-of-ada")
    tell(announced.policy, replace(told, email="ada.new@example.org"), announced.admin)
    factories.work()
    suppress_recipient(recipient_id=ada.pk, reason="Asked by Lovelace", by=announced.admin)
    before = evidence.count(announced.notice)
    for who in (ada, person):
        erase_recipient(recipient_id=who.pk, by=announced.admin)
    wanted = ("ada.old", "ada.new", "id-of-ada", "lovelace", person.email)
    found = [where for where, text in cells() if any(word in text.lower() for word in wanted)]
    assert found == []
    assert evidence.count(announced.notice) == before
    line = Delivery.objects.filter(recipient=person).first()
    assert line.commitment == commitment(person.email, Recipient.objects.get(pk=person.pk).salt)


def test_an_address_used_again_after_erasure_is_another_person(policy, admin):
    before, _is_new = tell(policy, ADA, admin)
    erase_recipient(recipient_id=before.pk, by=admin)
    after, _is_new = tell(policy, ADA, admin)
    assert after.pk != before.pk
    assert after.salt != before.salt


def narrowed_to(role, policy, admin):
    set_promise(policy=policy, promise=replace(EMAIL_PROMISE, audience=(role,)), by=admin)
    factories.publish(policy, admin)


def test_the_promises_roles_narrow_the_audience_never_below_it(policy, admin):
    narrowed_to(AudienceRole.ACCOUNT_HOLDERS, policy, admin)
    tell(policy, ADA, admin)
    tell(policy, Person("8", "bo@example.org", roles=("end_user",)), admin)
    tell(policy, Person("9", "cy@example.org"), admin)  # no role stated: told
    told = audiences.for_policy(policy).order_by("external_id")
    assert [person.external_id for person in told] == ["7", "9"]
    choose_audience(policy=policy, roles=["end_user"], languages=[], by=admin)
    assert audiences.for_policy(policy).count() == 3
    choose_audience(policy=policy, roles=[], languages=[], by=admin)
    assert audiences.for_policy(policy).count() == 2


def test_the_count_before_publishing_is_that_of_the_deliveries(policy, admin):
    narrowed_to(AudienceRole.END_USERS, policy, admin)
    tell(policy, ADA, admin)
    tell(policy, Person("8", "bo@example.org", roles=("end_user",), language="de"), admin)
    tell(policy, Person("9", "cy@example.org", language="en"), admin)
    choose_audience(policy=policy, roles=[], languages=["en"], by=admin)
    counted = audiences.for_policy(policy).count()
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    choose_audience(policy=policy, roles=["account_holder"], languages=[], by=admin)
    fan_out_notices()
    assert Delivery.objects.count() == counted == 1
    assert publication.notices.get().audience == {
        "rule": "everyone",
        "roles": ["end_user"],
        "languages": ["en"],
    }


def test_one_person_with_two_roles_gets_one_mail(announced, smtp):
    factories.work()
    assert len(smtp.messages) == len(announced.emails)
    assert Recipient.objects.first().roles == ["account_holder", "end_user"]
