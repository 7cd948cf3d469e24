"""Throw away a file that waits to be accepted. The draft is not touched."""

from django.db import transaction

from documents.actions.correct_import import lock_import


@transaction.atomic
def discard_import(*, imported_id, by):
    """Raises NotPending for a file that was accepted: that one is kept."""
    lock_import(imported_id, by).delete()
