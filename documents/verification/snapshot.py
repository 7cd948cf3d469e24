"""Reading for long while others write: everything as of one instant, and nobody waits."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot():
    """All reads inside see one state of the database. Not for writing.

    Inside a transaction that is open already, that one's rules hold.
    """
    if connection.in_atomic_block:
        yield
        return
    with _reading(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _reading():
    """On SQLite: a transaction that takes no writer's place, unlike all others here."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = usual
