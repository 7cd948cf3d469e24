"""Recipients as CSV in UTF-8, in and out. Read one line at a time, whatever the size.

Columns by name, in any order: email, name, external_id, roles, language,
time_zone; others are ignored, and a file without a header holds email and
name. ``roles``: words such as “account_holder end_user”; none means all. The
way out writes what the way in reads, and no cell that a spreadsheet would
take for a formula: those begin with an apostrophe, which the way in takes off.
"""

import csv
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from notifications.models import Recipient, RecipientRole

COLUMNS = ("email", "name", "external_id", "roles", "language", "time_zone")
HEADERLESS = ("email", "name")
MAX_LINE = 10_000  # characters of a cell
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DANGEROUS = re.compile(r"^'(?=['=+\-@\t\r])")


class Unusable(ValueError):
    """Why a line cannot be used, in words that do not quote it."""


@dataclass(frozen=True)
class Line:
    """number: where it begins in the file, from 1. cells: column → text."""

    number: int
    cells: dict[str, str]


def read(stream):
    """The Lines that hold anything. Raises csv.Error and UnicodeDecodeError as they come up."""
    csv.field_size_limit(MAX_LINE)
    reader, begins, columns = csv.reader(stream), 1, None
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells):
            if columns is None:
                columns = header(cells)
                is_header = columns is not None
                columns = columns or HEADERLESS
                if is_header:
                    begins = reader.line_num + 1
                    continue
            named = zip(columns, cells, strict=False)
            yield Line(begins, {name: plain(cell) for name, cell in named if name in COLUMNS})
        begins = reader.line_num + 1


def header(cells):
    """The names of the columns, or None if these cells name none."""
    names = [cell.lower().replace("-", "").replace(" ", "_") for cell in cells]
    return names if "email" in names else None


def recipient_of(line, publisher, joined_at):
    """The unsaved Recipient of a line; ``stated``: the fields that it says. Raises Unusable."""
    cells = {name: line.cells.get(name, "") for name in COLUMNS}
    stated = {name for name in cells if cells[name]} | {"email_key"}
    roles = roles_of(cells.pop("roles"))
    person = Recipient(publisher=publisher, joined_at=joined_at, **cells)
    for role in RecipientRole:
        setattr(person, role.field, role.value in roles)
    if "roles" in stated:
        stated.update(role.field for role in RecipientRole)
    person.stated = stated
    try:
        person.clean_fields(exclude=["publisher"])
    except ValidationError as error:
        name, problems = next(iter(error.message_dict.items()))
        raise Unusable(f"{name}: {unquoted(error, name, problems[0])}") from None
    return person


def unquoted(error, name, problem):
    """The problem of a field; where it would quote what was written, a shorter one."""
    has_values = any(each.params for each in error.error_dict[name])
    return str(_("This cannot be used here.")) if has_values else problem


def roles_of(text):
    words = set(re.split(r"[\s;,|]+", text.lower())) - {""}
    if "follower" in words:
        raise Unusable(_("roles: a follower confirms on the site; nobody is entered as one."))
    if not words <= set(RecipientRole.values):
        raise Unusable(_("roles: write account_holder, end_user or both."))
    return words or set(RecipientRole.values)


def plain(cell):
    return DANGEROUS.sub("", cell)


def safe(cell):
    """A cell that no spreadsheet runs. ``plain`` is its reverse."""
    return f"'{cell}" if cell.startswith(FORMULA) or DANGEROUS.match(cell) else cell


class Echo:
    """A file for csv that hands back what is written to it."""

    def write(self, text):
        return text


def lines(people):
    """The lines of a file, header first. people: an iterable of Recipients."""
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for person in people:
        roles = " ".join(role.value for role in person.roles)
        cells = (
            person.email,
            person.name,
            person.external_id,
            roles,
            person.language,
            person.time_zone,
        )
        yield writer.writerow([safe(cell) for cell in cells])
