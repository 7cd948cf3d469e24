"""Add people to be told, all or none."""

from django.db import transaction
from django.db.models import Q
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from documents.actions.cleaning import clear_errors
from documents.errors import InvalidInput
from documents.evidence.commitment import normalised
from documents.models import Publisher
from documents.permissions import require
from legalcms import clock
from notifications.actions.requirements import require_no_import
from notifications.models import Recipient, RecipientRole
from notifications.models.recipients import with_roles

MAX_AT_ONCE = 10_000
BATCH = 500


@transaction.atomic
def add_recipients(*, publisher, people, by):
    """people: sequence of (email, name). Whoever had left joins again; the others stay as they are.

    Returns the number of people who joined. Raises InvalidInput naming the line
    that cannot be used; then nobody joins.
    """
    require(by, "manage_recipients", publisher)
    if len(people) > MAX_AT_ONCE:
        raise InvalidInput(field="recipients", problem=f"at most {MAX_AT_ONCE} at once")
    lock_recipients(publisher)
    require_no_import(publisher)
    now = clock.now()
    new = {}
    for line, (email, name) in enumerate(people, start=1):
        person = Recipient(publisher=publisher, email=email, name=name, joined_at=now)
        _require_usable(person, line)
        new.setdefault(normalised(email), person)
    known = Recipient.objects.filter(publisher=publisher, email_key__in=new, erased_at__isnull=True)
    for key in known.values_list("email_key", flat=True):
        del new[key]
    # Who has no role is a follower, and was not to be told before.
    back = list(known.filter(Q(left_at__isnull=False) | ~with_roles(RecipientRole)))
    for person in back:
        person.left_at, person.joined_at = None, now
        if not person.roles:
            person.is_account_holder = person.is_end_user = True
    save_many(back, ["left_at", "joined_at", "is_account_holder", "is_end_user"], by)
    create_many(list(new.values()), by)
    return len(new) + len(back)


def create_many(people, by):
    bulk_create_with_history(people, Recipient, batch_size=BATCH, default_user=by)


def save_many(people, fields, by):
    bulk_update_with_history(people, Recipient, fields, batch_size=BATCH, default_user=by)


def lock_recipients(publisher):
    """Until the transaction ends nobody joins this publisher, and no audience is fixed."""
    Publisher.objects.select_for_update(no_key=True).get(pk=publisher.pk)


def _require_usable(person, line):
    try:
        with clear_errors():
            person.clean_fields()
    except InvalidInput as error:
        raise InvalidInput(
            field=f"line {line}", problem=f"{person.email!r}: {error.data['problem']}"
        ) from None
