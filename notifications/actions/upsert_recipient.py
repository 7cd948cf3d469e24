"""Take in what the publisher's own system says of one person, keyed on its id for that person."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.cleaning import clear_errors
from documents.errors import InvalidInput
from documents.permissions import require
from legalcms import clock
from notifications.actions.add_recipients import lock_recipients
from notifications.actions.requirements import require_no_import
from notifications.models import Recipient, RecipientRole

FIELDS = (
    "external_id",
    "email",
    "name",
    "language",
    "time_zone",
    "is_account_holder",
    "is_end_user",
)


@dataclass(frozen=True)
class Person:
    """A person as the source has them. No roles: every role, for none is stated."""

    external_id: str
    email: str
    name: str = ""
    language: str = ""
    time_zone: str = ""
    roles: tuple[str, ...] = ()

    def values(self):
        """Field → value of a Recipient."""
        roles = set(self.roles or RecipientRole.values)
        return {
            "external_id": self.external_id,
            "email": self.email.strip(),
            "name": self.name,
            "language": self.language,
            "time_zone": self.time_zone,
        } | {role.field: role.value in roles for role in RecipientRole}


@transaction.atomic
def upsert_recipient(*, publisher, person, by):
    """Returns (Recipient, whether anything changed). Sent twice, the second changes nothing.

    A new address keeps the person, whoever had left joins again. An address
    that somebody without an id has is taken to be that person. Raises
    InvalidInput for what cannot be used, and for an address of somebody else.
    """
    require(by, "manage_recipients", publisher)
    lock_recipients(publisher)
    require_no_import(publisher)
    if not person.external_id.strip() or not set(person.roles) <= set(RecipientRole.values):
        raise InvalidInput(
            field="external_id or roles", problem=_("An id and known roles, please.")
        )
    values = person.values()
    found = find(publisher, Recipient(**values))
    now = clock.now()
    if found is None:
        found = Recipient(publisher=publisher, joined_at=now, **values)
    elif not bring_up_to_date(found, values, now):
        return found, False
    found._history_user = by
    with clear_errors():
        found.full_clean(exclude=["publisher"])
    found.save()
    return found, True


def find(publisher, wanted):
    """Whom an id or address is about, or None. Raises InvalidInput if they are two people."""
    with clear_errors():
        wanted.clean_fields(exclude=["publisher", "joined_at"])
    people = Recipient.objects.select_for_update().filter(
        publisher=publisher, erased_at__isnull=True
    )
    by_id = people.filter(external_id=wanted.external_id).first()
    by_address = people.filter(email_key=wanted.email_key).first()
    if by_address is None or by_address == by_id:
        return by_id
    if by_id is not None or by_address.external_id:
        raise InvalidInput(field="email", problem=_("This address is another person’s."))
    return by_address


def bring_up_to_date(person, values, now):
    """Set what differs. Returns whether anything does."""
    changed = [name for name, value in values.items() if getattr(person, name) != value]
    had_no_role = not person.roles
    for name in changed:
        setattr(person, name, values[name])
    if person.left_at is not None or had_no_role:
        person.left_at, person.joined_at = None, now
        changed.append("left_at")
    if person.purged_at is not None:
        person.purged_at = None
        changed.append("purged_at")
    return bool(changed)
