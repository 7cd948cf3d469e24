"""Replace the draft's clauses by those of a file. A clause that is still there keeps its key."""

from dataclasses import dataclass

from django.utils.translation import gettext

from documents.actions.editing import editing, replace_clauses
from documents.errors import FileUnreadable
from documents.importing.errors import UnreadableFile
from documents.importing.matching import match
from documents.importing.outline import Outline
from documents.importing.reading import read_outline
from documents.models import Clause


@dataclass(frozen=True)
class Imported:
    """What an import did: counts of clauses that kept a key, are new, or are gone."""

    outline: Outline
    kept: int
    added: int
    removed: int


def read_file(data, name):
    """The outline of a file's bytes. Raises FileUnreadable, which says what to do."""
    try:
        return read_outline(data, name)
    except UnreadableFile as error:
        raise FileUnreadable(gettext(error.message), **error.data) from error


def import_policy(*, policy, data, name, by):
    """data: the file's bytes; name: its name, which tells its format."""
    outline = read_file(data, name)
    with editing(policy, by=by, log_action="documents.import") as draft:
        before = draft.states()
        keys = match(outline.clauses, before)
        replace_clauses(
            draft, [_clause(c, key) for c, key in zip(outline.clauses, keys, strict=True)]
        )
    kept = sum(key is not None for key in keys)
    return Imported(outline, kept, len(keys) - kept, len(before) - kept)


def _clause(outlined, key):
    clause = Clause(
        level=outlined.level,
        number=outlined.number,
        heading=outlined.heading,
        body=outlined.body,
    )
    if key is not None:
        clause.key = key
    return clause
