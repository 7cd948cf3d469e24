"""Where mail that cannot be delivered comes back to: an address of its own for each delivery.

``bounces+<delivery>.<signature>@domain`` (VERP), where LEGALCMS_RETURN_PATH
names a mailbox for it; else the publisher's sender, and reports are told apart
by the Message-ID that they return. The signature is bound to this purpose and
to the Message-ID: an id in another copy of the database is not this one.
"""

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from notifications.models import Delivery

PURPOSE = "notifications.return_path"
SIGNATURE = 16  # characters of base 32: 80 bits; capitals do not count, for servers lower them
MAX_ID = 2**63


class ForgedReturnPath(Exception):
    """It looks like one of ours, and its signature is not."""


def return_path(delivery):
    """The envelope sender of a delivery."""
    if not settings.RETURN_PATH:
        return delivery.notice.publication.publisher.sender_email
    local, _at, domain = settings.RETURN_PATH.rpartition("@")
    return f"{local}+{delivery.pk}.{_signature(delivery, settings.SECRET_KEY)}@{domain}"


def delivery_behind(address):
    """The Delivery of a return path; None for any other address. Raises ForgedReturnPath."""
    found = _pattern().fullmatch(address.strip().lower()) if settings.RETURN_PATH else None
    if found is None:
        return None
    pk = int(found["id"])
    delivery = Delivery.objects.filter(pk=pk).first() if pk < MAX_ID else None
    if delivery is None or not _is_signed(delivery, found["signature"]):
        raise ForgedReturnPath
    return delivery


def _pattern():
    local, _at, domain = settings.RETURN_PATH.lower().rpartition("@")
    written = rf"(?P<id>\d{{1,19}})\.(?P<signature>[a-z2-7]{{{SIGNATURE}}})"
    return re.compile(rf"{re.escape(local)}\+{written}@{re.escape(domain)}", re.ASCII)


def _is_signed(delivery, signature):
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(signature, _signature(delivery, key)) for key in keys)


def _signature(delivery, key):
    said = f"{delivery.pk}:{delivery.message_id}"
    made = salted_hmac(PURPOSE, said, secret=key, algorithm="sha256").digest()
    return base64.b32encode(made).decode().lower()[:SIGNATURE]
