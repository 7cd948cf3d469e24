"""Replace the draft's clauses by those of a file, in one step."""

from django.db import transaction

from documents.actions.accept_import import accept_import
from documents.actions.upload_file import upload_file


@transaction.atomic
def import_policy(*, policy, data, name, by, doubtful=None, accept_changes=False):
    """data: the file's bytes; name: its name, which tells its format.

    Returns Accepted. Raises MatchesUndecided unless ``doubtful`` says what to do: "same" or
    "new". accept_changes: read the tracked changes of a Word file as accepted.
    """
    imported = upload_file(
        policy=policy, data=data, name=name, by=by, accept_changes=accept_changes
    )
    return accept_import(imported_id=imported.pk, by=by, doubtful=doubtful)
