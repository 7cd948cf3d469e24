"""Erase a person: address, name and id go from every table of ours, from the history too.

What stays is a row without a person: the lines of proof hang on it, and they
verify as before. The salt stays in it, out of every screen's reach, so that
somebody who shows the address can still be answered; whoever comes with the
same address again is another row with another salt. This list is the erasure
map: tests/notifications/test_erasing.py looks for the address in every table.
"""

from django.db import transaction

from legalcms import clock
from notifications.actions.suppress_recipient import lock_person
from notifications.follow_keys import address_key
from notifications.models import FollowRequest, Recipient, StagedRecipient

NOTHING = {
    "email": "",
    "email_key": "",
    "name": "",
    "external_id": "",
    "language": "",
    "time_zone": "",
    "suppressed_reason": "",
}


@transaction.atomic
def erase_recipient(*, recipient_id, by):
    """Returns the Recipient as it stays."""
    person = lock_person(recipient_id, by)
    publisher, email, email_key = person.publisher, person.email, person.email_key
    spellings = person.history.values("email")
    keys = {
        address_key(each) for each in [email, *spellings.values_list("email", flat=True)] if each
    }
    FollowRequest.objects.filter(policy__publisher=publisher, address_key__in=keys).delete()
    StagedRecipient.objects.filter(batch__publisher=publisher, email_key=email_key).delete()
    StagedRecipient.objects.filter(recipient=person).delete()
    person.follows.all().delete()
    # Past the history, which would keep what is to go.
    Recipient.objects.filter(pk=person.pk).update(**NOTHING, erased_at=clock.now())
    person.history.update(**NOTHING, history_change_reason=None)
    person.refresh_from_db()
    return person
