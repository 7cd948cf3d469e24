"""Many rows in one statement: what the ORM does for each would cost more than sending a mail."""

import json

from django.db import connection
from django.db.models.expressions import RawSQL


def among(keys):
    """For ``pk__in``: many integer keys as one parameter."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [keys])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])


def insert_rows(model, varying, rows, **shared):
    """Insert rows that differ in few fields. What is there already is left as it is.

    varying: attribute names; rows: tuples of their values, as the database takes
    them; shared: values of other fields, by attribute name. The rest have their
    defaults.
    """
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns, picked, constants = [], [], []
    for field in fields:
        columns.append(connection.ops.quote_name(field.column))
        if field.attname in varying:
            picked.append(f"column{varying.index(field.attname) + 1}")
        else:
            value = shared.get(field.attname, field.get_default())
            picked.append("%s")
            constants.append(field.get_db_prep_save(value, connection))
    one = f"({', '.join(['%s'] * len(varying))})"
    statement = (
        f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({', '.join(columns)}) "  # noqa: S608
        f"SELECT {', '.join(picked)} FROM (VALUES {', '.join([one] * len(rows))}) AS new_rows "
        "WHERE true ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*constants, *(value for row in rows for value in row)])
