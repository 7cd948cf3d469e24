"""Finding one person of a publisher by the address that somebody has in hand."""

from django.utils.translation import gettext as _

from documents.errors import NotFound
from documents.evidence.commitment import commitment, normalised
from documents.permissions import require
from notifications.models import Delivery, Recipient


def with_address(publisher, email):
    """The Recipient, or None. One whose address was purged is known by the proofs alone.

    The address is then tried against the salt of everyone who was purged: some
    seconds for a million people.
    """
    people = Recipient.objects.filter(publisher=publisher, erased_at__isnull=True)
    return people.filter(email_key=normalised(email)).first() or purged_with(people, email)


def purged_with(people, email):
    purged = people.filter(purged_at__isnull=False)
    for pk, salt in purged.values_list("pk", "salt").iterator(chunk_size=2000):
        # A line of proof may be of an older address, so that the salt alone finds the person.
        if Delivery.objects.filter(recipient=pk, commitment=commitment(email, salt)).exists():
            return people.get(pk=pk)
    return None


def person_with_address(publisher, email, *, by):
    """As ``with_address``, for a command. Raises NotAllowed before it looks, and NotFound."""
    require(by, "manage_recipients", publisher)
    found = with_address(publisher, email)
    if found is None:
        raise NotFound(what=_("recipient"), name=email, known=_("addresses are not listed here"))
    return found
