"""The database's own refusal to change the record, for whoever goes round the models.

Triggers are dropped and made anew after every ``migrate``: SQLite loses them
when a migration rebuilds a table, and what they say may have changed.
On PostgreSQL a production role that does not own the tables cannot drop them.
"""

from dataclasses import dataclass

from django.db import connections

PREFIX = "legalcms_"


@dataclass(frozen=True)
class Guard:
    """Refuse ``events`` on a table, for rows where ``when`` holds (SQL over OLD and NEW).

    when: one condition per database vendor, or empty for every row.
    """

    table: str
    name: str
    events: tuple[str, ...]
    message: str
    when: dict[str, str] | None = None

    def trigger(self, event):
        return f"{PREFIX}{self.table}_{self.name}_{event.lower()}"


def frozen(model):
    """No change and no removal of any row, ever."""
    return Guard(
        table=model._meta.db_table,
        name="frozen",
        events=("UPDATE", "DELETE", "TRUNCATE"),
        message=f"{model._meta.db_table} is part of the legal record and is frozen",
    )


def install(guards, using):
    """Make exactly these guards exist on one database. Idempotent."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in statements(guard, connection.vendor):
                cursor.execute(statement)


def statements(guard, vendor):
    """SQL that makes one guard anew. Raises KeyError for a database without guards."""
    return {"sqlite": _sqlite, "postgresql": _postgresql}[vendor](guard)


def expected(guards, vendor):
    """Names of the triggers that must be in the catalogue."""
    return {
        guard.trigger(event)
        for guard in guards
        for event in guard.events
        if not (vendor == "sqlite" and event == "TRUNCATE")
    }


def installed(using):
    """Names of our triggers in the catalogue of one database."""
    connection = connections[using]
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall() if name.startswith(PREFIX)}


def _sqlite(guard):
    condition = f"WHEN {guard.when['sqlite']} " if guard.when else ""
    for event in guard.events:
        if event == "TRUNCATE":  # SQLite has none
            continue
        name = guard.trigger(event)
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{guard.table}" {condition}'
            f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        )


def _postgresql(guard):
    function = f"{PREFIX}{guard.table}_{guard.name}"
    yield (
        f'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$BEGIN RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'check_violation'; END$$"
    )
    for event in guard.events:
        name = guard.trigger(event)
        condition = f"WHEN ({guard.when['postgresql']}) " if guard.when else ""
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        yield f'DROP TRIGGER IF EXISTS "{name}" ON "{guard.table}"'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{guard.table}" FOR EACH {each} '
            f'{condition}EXECUTE FUNCTION "{function}"()'
        )
