"""Turn the audience of a notice into one Delivery per person, in short transactions.

Can be killed anywhere: the place reached is committed with each batch, and one
delivery per recipient is the database's rule.
"""

import secrets

from django.db import transaction

from documents.evidence.commitment import commitment
from legalcms import clock
from notifications import audiences
from notifications.mime_headers import ascii_domain
from notifications.models import Delivery, Notice, RecipientImport
from notifications.models.in_bulk import insert_rows

BATCH = 2000


def fan_out_notices():
    """Fan out every open notice that is not complete. Returns the number of new deliveries.

    Not while a file is being taken in whose people have joined before the notice.
    """
    unfinished = Notice.objects.filter(fanned_out_at__isnull=True, closed_at__isnull=True)
    taken_in = RecipientImport.objects.filter(accepted_at__isnull=False, finished_at__isnull=True)
    unfinished = unfinished.exclude(publication__publisher__in=taken_in.values("publisher"))
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
    people = list(
        audiences.of_notice(notice)
        .filter(pk__gt=notice.fanned_out_to)
        .values_list("pk", "email", "salt")[:BATCH]
    )
    domain = ascii_domain(notice.sender_email.rpartition("@")[2])
    insert_rows(
        Delivery,
        ("recipient_id", "message_id", "commitment"),
        [
            (pk, f"<{secrets.token_hex(16)}@{domain}>", commitment(email, salt))
            for pk, email, salt in people
        ],
        notice_id=notice.pk,
        due_at=now,
    )
    if people:
        notice.fanned_out_to = people[-1][0]
    else:
        notice.fanned_out_at = now
    notice.save(update_fields=["fanned_out_to", "fanned_out_at"])
    return len(people)
