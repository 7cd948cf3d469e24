"""Correct by hand what we hold of one person."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.cleaning import clear_errors
from documents.errors import InvalidInput
from legalcms import clock
from notifications.actions.requirements import require_no_import
from notifications.actions.suppress_recipient import lock_person

EDITABLE = (
    "email",
    "name",
    "external_id",
    "is_account_holder",
    "is_end_user",
    "language",
    "time_zone",
)


@transaction.atomic
def edit_recipient(*, recipient_id, values, by):
    """values: field → value, of EDITABLE. Returns the Recipient. Raises InvalidInput."""
    person = lock_person(recipient_id, by)
    require_no_import(person.publisher)
    had_no_role = not person.roles
    for name in EDITABLE:
        setattr(person, name, values.get(name, getattr(person, name)))
    if not person.roles and not person.follows.active().exists():
        raise InvalidInput(field="is_account_holder", problem=_("Choose a role, or say who left."))
    if had_no_role and person.roles:
        person.joined_at = clock.now()
    person.purged_at = None if person.email else person.purged_at
    with clear_errors():
        person.full_clean()
    person.save()
    return person
