"""Export everything that proves one version, in a folder that checks itself without us.

The log in the folder ends at the head of that moment; the entry that tells of
the export comes after it.
"""

import shutil

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.append_entry import append_entry
from documents.actions.gathering import contents_of
from documents.errors import InvalidInput
from documents.evidence import export
from documents.models import Actor, Chain
from documents.permissions import require
from documents.verification.snapshot import snapshot


def export_evidence(*, version, folder, by):
    """Write the folder (a Path), whole or not at all. Returns the Chain as the folder ends.

    Raises NotAllowed, InvalidInput for a folder that is not empty or cannot be
    written. Keeps no lock while it writes.
    """
    require(by, "audit", version.policy.publisher)
    require_empty(folder)
    try:
        head = _write(version, folder)
        _record(version, head, by)
    except FileExistsError as error:
        # Somebody else's: not to be cleared away.
        raise cannot_be_written(folder, error) from error
    except OSError as error:
        _clear(folder)
        raise cannot_be_written(folder, error) from error
    except BaseException:
        _clear(folder)
        raise
    return head


def require_empty(folder):
    try:
        is_free = not folder.exists() or not any(folder.iterdir())
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    if not is_free:
        problem = _("“%(folder)s” is not empty. Name a new folder.") % {"folder": folder}
        raise InvalidInput(field="folder", problem=problem)


def cannot_be_written(folder, error):
    names = {"folder": folder, "problem": error.strerror or type(error).__name__}
    problem = _("“%(folder)s” cannot be written (%(problem)s).") % names
    return InvalidInput(field="folder", problem=problem)


def _write(version, folder):
    with snapshot():
        head = Chain.objects.get(publisher=version.policy.publisher_id)
        version.publication.refresh_from_db()
        export.write(folder, contents_of(version, head))
    return head


@transaction.atomic
def _record(version, head, by):
    append_entry(
        publisher=version.policy.publisher,
        kind="evidence.exported",
        payload={
            "publication": version.publication_id,
            "policy": str(version.policy.key),
            "number": version.number,
            "version_sha256": version.sha256,
            "head": {"seq": head.seq, "sha256": head.sha256},
        },
        actor=Actor.of(by),
        publication=version.publication,
    )


def _clear(folder):
    """Half an export is none."""
    shutil.rmtree(folder.resolve(), ignore_errors=True)
