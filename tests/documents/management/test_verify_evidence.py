"""The log and the versions tell on whoever gets past the triggers."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from documents.models import Chain, ClauseText, Entry, Place, Version
from tests import factories
from tests.factories import MATERIAL_TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy():
    admin = factories.admin()
    made = factories.policy(admin)
    factories.publish(made, admin)
    factories.recipients(made.publisher, admin)
    factories.publish(made, admin, MATERIAL_TEXT)
    factories.work()
    return made


def tamper(model, statement):
    """Do as the owner of the tables could: drop the guards, then change the record."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        else:
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER legalcms_{table}_frozen_{event}")
        cursor.execute(statement.format(table=table))


def test_an_intact_record_verifies(policy, capsys):
    call_command("verify_evidence")
    assert f"entries: {Entry.objects.count()}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE {table} SET actor = 'someone else' WHERE seq = 3", "entry 3"),
        ("UPDATE {table} SET at = '2020-01-01 00:00:00+00:00' WHERE seq = 3", "entry 3"),
        ("DELETE FROM {table} WHERE seq = 3", "entry 3"),
        ("DELETE FROM {table} WHERE seq = (SELECT max(seq) FROM {table})", "reach its head"),
    ],
)
def test_a_changed_log_is_found(policy, statement, says):
    tamper(Entry, statement)
    with pytest.raises(CommandError, match=says):
        call_command("verify_evidence")


def test_a_changed_head_is_found(policy):
    Chain.objects.update(sha256="0" * 64)
    with pytest.raises(CommandError, match="reach its head"):
        call_command("verify_evidence")


@pytest.mark.parametrize(
    ("model", "statement"),
    [
        (ClauseText, "UPDATE {table} SET body = '<p>Nothing.</p>'"),
        (Version, "UPDATE {table} SET title = 'Another title'"),
        (Version, "UPDATE {table} SET outline = '[]'"),
    ],
)
def test_a_changed_text_is_found(policy, model, statement):
    tamper(model, statement)
    with pytest.raises(CommandError, match="does not match its hash"):
        call_command("verify_evidence")


def test_a_version_rewritten_with_a_new_hash_of_its_own_is_found(policy):
    version = policy.versions.get(number=1)
    version.title = "Another title"
    tamper(
        Version,
        f"UPDATE {{table}} SET title = 'Another title', sha256 = '{version.computed_sha256()}' "
        f"WHERE id = {version.pk}",
    )
    with pytest.raises(CommandError, match="the log did not announce this text"):
        call_command("verify_evidence")


def test_a_version_that_is_gone_is_found(policy):
    version = policy.versions.get(number=2)
    with connection.constraint_checks_disabled():
        tamper(Version, f"DELETE FROM {{table}} WHERE id = {version.pk}")
        with pytest.raises(CommandError, match=r"version 2 of policy .* is missing"):
            call_command("verify_evidence")


def test_a_clause_that_is_gone_is_found(policy):
    with connection.constraint_checks_disabled():
        tamper(Place, "DELETE FROM {table}")
        with pytest.raises(CommandError, match=r"its clause in row .* is missing"):
            call_command("verify_evidence")
