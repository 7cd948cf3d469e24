"""Add people to be told, all or none."""

from django.db import transaction

from documents.actions.cleaning import clear_errors
from documents.errors import InvalidInput
from documents.permissions import require
from legalcms import clock
from notifications.models import Recipient
from notifications.models.recipients import normalised

MAX_AT_ONCE = 10_000


@transaction.atomic
def add_recipients(*, publisher, people, by):
    """people: sequence of (email, name). Known addresses are left alone.

    Returns the number added. Raises InvalidInput naming the line that cannot be
    used; then nobody is added.
    """
    require(by, "manage_recipients", publisher)
    if len(people) > MAX_AT_ONCE:
        raise InvalidInput(field="recipients", problem=f"at most {MAX_AT_ONCE} at once")
    new = {}
    for line, (email, name) in enumerate(people, start=1):
        person = Recipient(publisher=publisher, email=email, name=name, joined_at=clock.now())
        try:
            with clear_errors():
                person.clean_fields()
        except InvalidInput as error:
            raise InvalidInput(
                field=f"line {line}", problem=f"{email!r}: {error.data['problem']}"
            ) from None
        new.setdefault(normalised(email), person)
    for known in Recipient.objects.filter(
        publisher=publisher, email_key__in=new, erased_at__isnull=True
    ):
        del new[known.email_key]
    Recipient.objects.bulk_create(new.values())
    return len(new)
