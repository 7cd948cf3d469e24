"""The database lets a removal by order pass, and nothing else that looks like one."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import pre_migrate

from documents.guards import GUARDS as DOCUMENT_GUARDS
from documents.models import Actor, ClauseText, Place, Removal
from documents.triggers import expected, install, installed
from legalcms import clock
from notifications.guards import GUARDS as NOTIFICATION_GUARDS
from notifications.models import NoticeMessage
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    """Version 1 is in force; version 2 changes its first clause and was told by mail."""
    policy = factories.policy(admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    factories.work()
    return policy


@pytest.fixture
def place(policy):
    return policy.versions.get(number=1).places()[0]


def removal(policy, key):
    key_of_nobody = Actor.objects.first().key
    return Removal.objects.create(
        policy=policy,
        key=key,
        texts=[],
        order="Order 7",
        reason="It says so.",
        removed_at=clock.now(),
        asked_by=key_of_nobody,
        removed_by=key_of_nobody,
    )


def marker(of, **values):
    """A marker for the text that a place holds; anything about it may be wrong."""
    values = {
        "publisher": of.policy.publisher,
        "sha256": of.text.sha256,
        "body": "<p>Removed.</p>",
    } | values
    if "removal" not in values:
        values["removal"] = removal(of.policy, of.key)
    return ClauseText.objects.create(**values)


def put(text, place, more="", condition=""):
    change = f"UPDATE documents_place SET text_id = {text.pk}{more} WHERE id = {place.pk}"
    execute(change + condition)


def test_a_place_takes_its_marker_and_the_text_goes(place):
    put(marker(place), place)
    execute(f"DELETE FROM documents_clausetext WHERE id = {place.text_id}")
    assert Place.objects.get(pk=place.pk).text.body == "<p>Removed.</p>"
    assert not ClauseText.objects.filter(pk=place.text_id).exists()


@pytest.mark.parametrize(
    "more",
    [
        ", level = 2",
        ", level = level + 1",
        ", number = 'x'",
        ", since = 7",
        ", \"key\" = '3d6a2c6e000040008000000000000000'",
        ", policy_id = policy_id + 1",
        ", id = id + 1000",
    ],
)
def test_nothing_but_the_text_changes(place, more):
    text = marker(place)
    with refused():
        put(text, place, more)


def test_without_its_text_a_place_is_not_left(place):
    marker(place)
    with refused():
        execute(f"UPDATE documents_place SET text_id = NULL WHERE id = {place.pk}")


def test_a_removed_clause_gets_no_words_back(policy, place):
    gone = Place.objects.create(policy=policy, since=9, key=place.key, level=1)
    text = marker(place)
    with refused():
        put(text, gone)
    put(text, place)
    with refused():
        put(ClauseText.objects.exclude(pk=text.pk).first(), place)


def test_a_marker_gives_way_to_no_other(place):
    put(marker(place), place)
    another = marker(place)
    with refused():
        put(another, place)


def test_a_text_that_is_no_marker_is_refused(place):
    with refused():
        put(marker(place, removal=None, sha256="0" * 64), place)


def test_a_marker_with_another_hash_is_refused(policy, place):
    other = policy.versions.get(number=2).places()[0]
    for sha256 in ("0" * 64, other.text.sha256):
        text = marker(place, sha256=sha256)
        with refused():
            put(text, place)


def test_a_marker_of_another_clause_is_refused(policy, place):
    other = policy.versions.get(number=1).places()[1]
    text = marker(place, removal=removal(policy, other.key))
    with refused():
        put(text, place)


def test_a_marker_of_another_policy_is_refused(admin, policy, place):
    other = factories.policy(admin, of=policy.publisher)
    text = marker(place, removal=removal(other, place.key))
    with refused():
        put(text, place)


def test_a_marker_of_another_publisher_is_refused(admin, place):
    text = marker(place, publisher=factories.publisher(admin))
    with refused():
        put(text, place)


def test_a_text_that_a_place_holds_is_not_deleted(place):
    marker(place)
    with refused():
        execute(f"DELETE FROM documents_clausetext WHERE id = {place.text_id}")


def unused(place):
    return ClauseText.objects.create(publisher=place.policy.publisher, sha256="a" * 64, body="x")


def test_a_text_is_not_deleted_without_a_removal(place):
    text = unused(place)
    with refused():
        execute(f"DELETE FROM documents_clausetext WHERE id = {text.pk}")


def test_a_text_is_not_deleted_for_the_marker_of_another_publisher(admin, place):
    text = unused(place)
    marker(place, sha256=text.sha256, publisher=factories.publisher(admin))
    with refused():
        execute(f"DELETE FROM documents_clausetext WHERE id = {text.pk}")


def test_a_marker_is_not_deleted(place):
    text = marker(place)
    with refused():
        execute(f"DELETE FROM documents_clausetext WHERE id = {text.pk}")


def test_texts_and_markers_are_not_rewritten(place):
    put(marker(place), place)
    for change in ("body = 'x'", "heading = 'x'", "removal_id = NULL", "sha256 = 'x'"):
        with refused():
            execute(f"UPDATE documents_clausetext SET {change}")


def test_removals_and_seals_stay(place):
    put(marker(place), place)
    for statement in (
        "UPDATE documents_removal SET reason = 'x'",
        "DELETE FROM documents_removal",
    ):
        with refused():
            execute(statement)


def test_places_of_a_removed_text_are_not_deleted(place):
    put(marker(place), place)
    with refused():
        execute("DELETE FROM documents_place")


def test_truncation_is_refused_after_a_removal_as_before(place):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    put(marker(place), place)
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("documents_place", "documents_clausetext", "notifications_noticemessage"):
        with refused():
            execute(f"TRUNCATE {table} CASCADE")


WORDING = "subject = 's', text = 'As Order 7 says.', html = 'h'"


def reword(change):
    execute(f"UPDATE notifications_noticemessage SET {change}")


def test_a_notice_is_reworded_only_after_a_removal(policy, place):
    with refused():
        reword(WORDING)
    removal(policy, place.key)
    reword(WORDING)
    assert NoticeMessage.objects.get().text == "As Order 7 says."


def test_a_notice_is_not_reworded_for_another_policy(admin, policy, place):
    removal(factories.policy(admin, of=policy.publisher), place.key)
    with refused():
        reword(WORDING)


@pytest.mark.parametrize(
    "change",
    [
        "text = 'It says something else.'",
        f"{WORDING}, sha256 = 'x'",
        f"{WORDING}, language = 'fr'",
        f"{WORDING}, slot_token = 'x'",
        f"{WORDING}, notice_id = notice_id + 1",
    ],
)
def test_a_reworded_notice_names_the_order_and_keeps_its_hash(policy, place, change):
    removal(policy, place.key)
    with refused():
        reword(change)


def test_a_notice_is_not_deleted_after_a_removal(policy, place):
    removal(policy, place.key)
    with refused():
        execute("DELETE FROM notifications_noticemessage")


GUARDS = DOCUMENT_GUARDS + NOTIFICATION_GUARDS
LOOKING = {guard.trigger(event) for guard in GUARDS for event in guard.unless}


def test_guards_that_look_at_other_tables_step_aside_while_migrations_run():
    everything = expected(GUARDS, connection.vendor)
    send_pre_migrate(plan=[])
    assert installed("default") == everything
    send_pre_migrate(plan=["a migration"])
    lifted = LOOKING if connection.vendor == "sqlite" else set()
    assert installed("default") == everything - lifted
    install(GUARDS, "default")
    assert installed("default") == everything


def test_a_migration_can_rebuild_a_table_that_guards_look_at():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite rebuilds tables")
    send_pre_migrate(plan=["a migration"])
    execute("CREATE TABLE new__documents_removal (id integer PRIMARY KEY)")
    execute("DROP TABLE documents_removal")
    execute("ALTER TABLE new__documents_removal RENAME TO documents_removal")


def send_pre_migrate(plan):
    for name in ("documents", "notifications"):
        pre_migrate.send(apps.get_app_config(name), using="default", plan=plan)


@contextmanager
def refused():
    """A savepoint in which the database must raise, and not for want of a row."""
    with pytest.raises(DatabaseError, match="legal record"), transaction.atomic():
        yield


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
