"""The database's own refusal to change the record, for whoever goes round the models.

Triggers are dropped and made anew after every ``migrate``: SQLite loses them
when a migration rebuilds a table, and what they say may have changed.
On PostgreSQL a production role that does not own the tables cannot drop them.
"""

from dataclasses import dataclass, field

from django.db import connections

PREFIX = "legalcms_"


@dataclass(frozen=True)
class Guard:
    """Refuse ``events`` on a table, for rows where ``when`` holds (SQL over OLD and NEW).

    when: one condition per database vendor, or empty for every row.
    unless: event → one condition per vendor, which may look at other tables; such rows pass.
    """

    table: str
    name: str
    events: tuple[str, ...]
    message: str
    when: dict[str, str] | None = None
    unless: dict[str, dict[str, str]] = field(default_factory=dict)

    def trigger(self, event):
        return f"{PREFIX}{self.table}_{self.name}_{event.lower()}"


def frozen(model, unless=None):
    """No change and no removal of any row, ever; but for what ``unless`` lets pass."""
    return Guard(
        table=model._meta.db_table,
        name="frozen",
        events=("UPDATE", "DELETE", "TRUNCATE"),
        message=f"{model._meta.db_table} is part of the legal record and is frozen",
        unless=unless or {},
    )


def install(guards, using):
    """Make exactly these guards exist on one database. Idempotent."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in statements(guard, connection.vendor):
                cursor.execute(statement)


def lift(guards, using):
    """Drop the guards that look at other tables, for as long as migrations run.

    SQLite rebuilds no table that a trigger of another one names.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for guard in guards:
            for event in guard.unless:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{guard.trigger(event)}"')


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
    for event in guard.events:
        if event == "TRUNCATE":  # SQLite has none
            continue
        name = guard.trigger(event)
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{guard.table}" '
            f"{_sqlite_condition(guard, event)}BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        )


def _sqlite_condition(guard, event):
    """IS NOT TRUE: what is unknown is refused."""
    parts = [f"({guard.when['sqlite']})"] if guard.when else []
    if event in guard.unless:
        parts.append(f"({guard.unless[event]['sqlite']}) IS NOT TRUE")
    return f"WHEN {' AND '.join(parts)} " if parts else ""


def _postgresql(guard):
    function = f"{PREFIX}{guard.table}_{guard.name}"
    yield (
        f'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$BEGIN {_postgresql_exceptions(guard)}"
        f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'check_violation'; END$$"
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


def _postgresql_exceptions(guard):
    """In the function's body: a trigger's WHEN may not look at other tables there."""
    return "".join(
        f"IF TG_OP = '{event}' THEN IF {condition['postgresql']} "
        f"THEN RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END IF; END IF; "
        for event, condition in guard.unless.items()
    )
