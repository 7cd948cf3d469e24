"""The record cannot be changed: not by models, not by querysets, not by SQL."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from documents.actions import motions
from documents.actions.withdraw_publication import withdraw_publication
from documents.errors import FrozenRecord
from documents.guards import GUARDS as DOCUMENT_GUARDS
from documents.models import (
    Actor,
    Approval,
    ClauseText,
    Entry,
    Motion,
    Place,
    SignOff,
    TimeStamp,
    Version,
)
from documents.models.approvals import MotionKind
from documents.triggers import expected, install, installed
from legalcms import clock
from notifications.guards import GUARDS as NOTIFICATION_GUARDS
from notifications.models import (
    Attempt,
    Delivery,
    DeliveryEvent,
    Display,
    Notice,
    NoticeMessage,
    Sighting,
)
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db
FROZEN = [
    Approval,
    ClauseText,
    DeliveryEvent,
    Entry,
    NoticeMessage,
    Place,
    Sighting,
    SignOff,
    TimeStamp,
    Version,
]
KEPT = [Attempt, Delivery, Display, Motion, Notice]


@pytest.fixture
def told():
    """A policy with a version in force and one announced and cleared."""
    admin = factories.admin()
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    factories.work()
    add_one_row_of_each(policy, publication, admin)
    return policy


def add_one_row_of_each(policy, publication, admin):
    """Rows that this history does not bring by itself."""
    now, key = clock.now(), Actor.of(admin).key
    Approval.objects.create(
        publication=publication, proposal_sha256="a", approved_at=now, approved_by=key
    )
    SignOff.objects.create(
        publication=publication, counted={}, reason="x", signed_at=now, signed_by=key
    )
    TimeStamp.objects.create(
        publisher=policy.publisher, seq=1, sha256="a", authority="a", stamped_at=now, token=b"a"
    )
    delivery = Delivery.objects.first()
    DeliveryEvent.objects.create(
        delivery=delivery, kind="bounced", happened_at=now, recorded_at=now
    )
    display = Display.objects.create(
        publication=publication, url="x", notice_sha256="a", opened_at=now, look_at=now
    )
    Sighting.objects.create(display=display, looked_at=now, was_seen=True)
    motions.ask(
        policy=policy,
        publication=publication,
        kind=MotionKind.EARLIER_DATE,
        terms={"effective": ""},
        reason="x",
        by=admin,
    )


def column(model):
    return next(f.column for f in model._meta.fields if not f.primary_key and not f.is_relation)


@pytest.mark.parametrize("model", FROZEN)
def test_models_and_querysets_refuse(told, model):
    row = model.objects.first()
    for attempt in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(**{column(model): "x"}),
        lambda: model.objects.bulk_update([row], [column(model)]),
        lambda: model.objects.update_or_create(pk=row.pk),
    ):
        with pytest.raises(FrozenRecord):
            attempt()


@pytest.mark.parametrize("model", FROZEN)
def test_the_database_refuses_updates(told, model):
    name = column(model)
    with refused():
        execute(f'UPDATE "{model._meta.db_table}" SET "{name}" = "{name}"')


@pytest.mark.parametrize("model", FROZEN + KEPT)
def test_the_database_refuses_deletion(told, model):
    assert model._base_manager.exists()
    with refused():
        execute(f'DELETE FROM "{model._meta.db_table}"')


@pytest.mark.parametrize("model", FROZEN + KEPT)
def test_the_database_refuses_truncation(told, model):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with refused():
        execute(f'TRUNCATE "{model._meta.db_table}" CASCADE')


@pytest.mark.parametrize(
    "change",
    [
        "effective_at = NULL",
        "cleared_at = NULL",
        "withdrawn_at = announced_at",
        "announced_at = proposed_at",
        "proposal_sha256 = 'x'",
    ],
)
def test_what_has_taken_effect_cannot_be_moved_by_sql(told, change):
    in_force = told.versions.get(number=1).publication
    with refused():
        execute(f"UPDATE documents_publication SET {change} WHERE id = {in_force.pk}")


@pytest.mark.parametrize("model", FROZEN + KEPT)
def test_the_database_refuses_replacement(told, model):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's own")
    table = model._meta.db_table
    with refused():
        execute(f'REPLACE INTO "{table}" SELECT * FROM "{table}"')


@pytest.mark.parametrize(
    "change",
    [
        "proposal = '{}'",
        "proposed_at = '2020-01-01 00:00:00+00:00'",
        "proposed_by = '3d6a2c6e000040008000000000000000'",
        "effective_at = '2020-01-01 00:00:00+00:00', cleared_at = NULL",
        "cleared_at = '2020-01-01 00:00:00+00:00'",
    ],
)
def test_what_is_announced_keeps_its_proposal_and_its_order_in_time(told, change):
    pending = told.versions.get(number=2).publication
    with refused():
        execute(f"UPDATE documents_publication SET {change} WHERE id = {pending.pk}")


@pytest.mark.parametrize("change", ["NULL", "proposed_at"])
def test_what_was_withdrawn_stays_withdrawn(told, change):
    pending = told.versions.get(number=2).publication
    withdraw_publication(publication_id=pending.pk, reason="a mistake", by=factories.admin())
    with refused():
        execute(f"UPDATE documents_publication SET withdrawn_at = {change} WHERE id = {pending.pk}")


def test_nothing_is_cleared_after_its_effect(told):
    pending = told.versions.get(number=2).publication
    pending.cleared_at = pending.effective_at.replace(year=pending.effective_at.year + 1)
    with refused():
        pending.save()


def test_an_announced_publication_is_not_deleted(told):
    publication = told.versions.get(number=2).publication
    with pytest.raises(FrozenRecord):
        publication.delete()
    with pytest.raises(FrozenRecord):
        type(publication).objects.all().delete()
    with refused():
        execute("DELETE FROM documents_publication")


def test_an_attempt_and_a_settled_delivery_stay_as_they_are(told):
    with refused():
        execute("UPDATE notifications_attempt SET outcome = 'failed'")
    with refused():
        execute("UPDATE notifications_delivery SET reason = 'x'")


def test_a_motion_that_was_decided_stays_decided(told):
    execute("UPDATE documents_motion SET settled_at = asked_at")
    with refused():
        execute("UPDATE documents_motion SET is_carried = true")


def test_a_policy_and_a_publisher_with_versions_cannot_be_deleted(told):
    with pytest.raises(ProtectedError):
        told.publisher.delete()
    with pytest.raises(ProtectedError):
        told.delete()


def test_every_guard_is_in_the_catalogue():
    guards = DOCUMENT_GUARDS + NOTIFICATION_GUARDS
    assert installed("default") == expected(guards, connection.vendor)
    install(guards, "default")
    assert installed("default") == expected(guards, connection.vendor)


@contextmanager
def refused():
    """A savepoint in which the database must raise."""
    with pytest.raises(DatabaseError), transaction.atomic():
        yield


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
