"""Take a file in: keep its bytes, read its clauses. The draft is not touched yet."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext

from documents.errors import FileUnreadable
from documents.importing.errors import UnreadableFile
from documents.importing.outline import to_json
from documents.importing.reading import read_outline
from documents.models import Actor, ImportedFile
from documents.permissions import require
from legalcms import clock


@transaction.atomic
def upload_file(*, policy, data, name, by, accept_changes=False):
    """Returns the ImportedFile, which waits for accept_import. Raises FileUnreadable.

    data: the file's bytes; name: its name, which tells its format. accept_changes: read the
    tracked changes of a Word file as accepted.
    """
    require(by, "edit", policy.publisher)
    outline = read_file(data, name, accept_changes=accept_changes)
    imported = ImportedFile(
        policy=policy,
        name=name[-255:],
        sha256=hashlib.sha256(data).hexdigest(),
        accept_changes=accept_changes,
        outline=to_json(outline.clauses),
        uploaded_at=clock.now(),
        uploaded_by=Actor.of(by).key,
    )
    imported.data = data
    imported.save()
    return imported


def read_file(data, name, *, accept_changes=False):
    """The outline of a file's bytes. Raises FileUnreadable, which says what to do."""
    try:
        return read_outline(data, name, accept_changes=accept_changes)
    except UnreadableFile as error:
        raise FileUnreadable(gettext(error.message), **error.data) from error
