"""Working on the draft: lock the policy, load, change, save one Wagtail revision."""

from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.actions.cleaning import clear_errors
from documents.errors import DraftLocked, NotFound
from documents.models import Clause, Policy
from documents.permissions import require


@contextmanager
def editing(policy, *, by, log_action):
    """Yields the draft; saves it at the end if its clauses are others then.

    Raises NotAllowed or DraftLocked first.
    """
    require(by, "edit", policy.publisher)
    with transaction.atomic():
        locked = lock_policy(policy.pk)
        lock = locked.get_lock()
        if lock and lock.for_user(by):
            raise DraftLocked(policy=policy.title)
        draft = locked.draft()
        before = draft.states()
        yield draft
        if draft.states() == before:
            return
        with clear_errors():
            for clause in draft.clauses.all():
                clause.clean_fields(exclude=["policy"])
        draft.save_revision(user=by, log_action=log_action)


def lock_policy(pk):
    """The policy's row, locked until the transaction ends."""
    return Policy.objects.select_for_update(of=("self",)).get(pk=pk)


def find_clause(clauses, key):
    """The clause with this key. Raises NotFound."""
    for clause in clauses:
        if str(clause.key) == str(key):
            return clause
    number = len(clauses)
    counted = ngettext("%(number)s clause", "%(number)s clauses", number) % {"number": number}
    raise NotFound(what=_("clause"), name=str(key), known=counted)


def replace_clauses(draft, clauses):
    """Make these the draft's clauses, in this order."""
    for position, clause in enumerate(clauses):
        clause.sort_order = position
    draft.clauses.set(clauses)


def clause_of(outlined, key=None):
    """A clause that was read from a file as one of a draft; without a key it gets its own."""
    clause = Clause(
        level=outlined.level,
        number=outlined.number,
        heading=outlined.heading,
        body=outlined.body,
    )
    if key is not None:
        clause.key = UUID(key)
    return clause
