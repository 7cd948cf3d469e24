"""Turn the audience of a notice into one Delivery per person, in short transactions.

Can be killed anywhere: the place reached is committed with each batch, and one
delivery per recipient is the database's rule.
"""

import secrets

from django.db import transaction

from documents.evidence.commitment import commitment
from legalcms import clock
from notifications import audiences
from notifications.models import Delivery, Notice

BATCH = 500


def fan_out_notices():
    """Fan out every open notice that is not complete. Returns the number of new deliveries."""
    unfinished = Notice.objects.filter(fanned_out_at__isnull=True, closed_at__isnull=True)
    return sum(fan_out(notice_id=pk) for pk in unfinished.values_list("pk", flat=True))


def fan_out(*, notice_id):
    made = 0
    while (batch := _fan_out_batch(notice_id)) is not None:
        made += batch
    return made


@transaction.atomic
def _fan_out_batch(notice_id):
    """The next batch; None when the notice is complete or closed."""
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.closed_at is not None or notice.fanned_out_at is not None:
        return None
    now = clock.now()
    people = list(audiences.of_notice(notice).filter(pk__gt=notice.fanned_out_to)[:BATCH])
    domain = notice.publication.publisher.sender_email.rpartition("@")[2]
    Delivery.objects.bulk_create(
        [
            Delivery(
                notice=notice,
                recipient=person,
                due_at=now,
                message_id=f"<{secrets.token_hex(16)}@{domain}>",
                commitment=commitment(person.email, person.salt),
            )
            for person in people
        ],
        ignore_conflicts=True,
    )
    if people:
        notice.fanned_out_to = people[-1].pk
    else:
        notice.fanned_out_at = now
    notice.save(update_fields=["fanned_out_to", "fanned_out_at"])
    return len(people)
