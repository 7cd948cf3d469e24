"""Offer a publisher's readers to follow its texts, from an address of its own."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.cleaning import clean
from documents.errors import InvalidInput
from documents.evidence.commitment import normalised
from documents.permissions import require
from notifications.models import FollowerStream


@transaction.atomic
def offer_following(*, publisher, sender_email, by):
    """Returns the FollowerStream. Raises InvalidInput, also for the address of legal notices."""
    require(by, "publish", publisher)
    if normalised(sender_email) == normalised(publisher.sender_email):
        raise InvalidInput(
            field="sender_email",
            problem=_("Legal notices come from this address; followers need another."),
        )
    stream = FollowerStream.objects.filter(publisher=publisher).first()
    stream = stream or FollowerStream(publisher=publisher)
    stream.sender_email = sender_email
    clean(stream)
    stream.save()
    return stream
