"""Forget the addresses of people whom the publisher's own system knows, once all are told.

The lines of proof stay, and with an address in hand somebody's own line can be
found (notifications/people.py). Before the next notice the publisher sends the
addresses again, under the same ids; until then publishing is refused.
"""

from django.db import transaction

from documents.actions.append_entry import append_entry
from documents.models import Actor, Publication
from documents.permissions import require
from legalcms import clock
from notifications.actions.add_recipients import lock_recipients
from notifications.actions.requirements import require_no_import
from notifications.errors import StillNeeded
from notifications.models import Follow, Notice, Recipient

BATCH = 500
NOTHING = {"email": "", "email_key": "", "name": ""}


def purge_addresses(*, publisher, by):
    """Returns the number of people. Followers keep theirs, and so does who has no id."""
    require(by, "manage_recipients", publisher)
    purged = 0
    while some := purge_some(publisher):
        purged += some
    if purged:
        record(publisher, purged, by)
    return purged


@transaction.atomic
def purge_some(publisher):
    """Raises StillNeeded where a notice may be sent yet."""
    lock_recipients(publisher)
    require_no_import(publisher)
    require_not_needed(publisher)
    people = Recipient.objects.filter(publisher=publisher, erased_at__isnull=True).exclude(email="")
    people = people.exclude(external_id="").exclude(
        pk__in=Follow.objects.active().values("recipient")
    )
    keys = list(people.order_by("pk").values_list("pk", flat=True)[:BATCH])
    # Past the history, which would keep what is to go.
    Recipient.objects.filter(pk__in=keys).update(**NOTHING, purged_at=clock.now())
    Recipient.history.filter(id__in=keys).update(**NOTHING)
    return len(keys)


def require_not_needed(publisher):
    is_open = Notice.objects.filter(publication__publisher=publisher, closed_at__isnull=True)
    to_come = Publication.objects.filter(
        publisher=publisher,
        announced_at__isnull=False,
        effective_at__gt=clock.now(),
        withdrawn_at__isnull=True,
    )
    undecided = Publication.objects.open().filter(publisher=publisher)
    if is_open.exists() or to_come.exists() or undecided.exists():
        raise StillNeeded(publisher=publisher.name)


@transaction.atomic
def record(publisher, purged, by):
    append_entry(
        publisher=publisher,
        kind="addresses.purged",
        payload={"people": purged},
        actor=Actor.of(by),
    )
