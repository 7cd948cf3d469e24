"""The source system says whom it has. Nothing changes but what publishing compares with."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from documents.errors import InvalidInput
from documents.models import Actor
from documents.permissions import require
from legalcms import clock
from notifications.models import Manifest, RecipientRole

COUNTS = ("people", *RecipientRole.values)
SHA256 = re.compile(r"[0-9a-f]{64}")


@transaction.atomic
def receive_manifest(*, publisher, made_at, counted, by):
    """counted: {"people": n, role: n, "sha256": of the ids}; what is left out is not compared.

    Returns the Manifest; received twice, it is kept once. Raises InvalidInput.
    """
    require(by, "manage_recipients", publisher)
    require_counts(counted)
    if made_at > clock.now() + clock.MAX_SKEW:
        raise InvalidInput(field="made_at", problem=_("This instant has not come yet."))
    manifest, is_new = Manifest.objects.get_or_create(
        publisher=publisher,
        made_at=made_at,
        defaults={
            "counted": counted,
            "received_at": clock.now(),
            "received_by": Actor.of(by).key,
        },
    )
    if not is_new and manifest.counted != counted:
        raise InvalidInput(
            field="made_at", problem=_("Another manifest of this instant was received before.")
        )
    return manifest


def require_counts(counted):
    for name, value in counted.items():
        is_count = name in COUNTS and type(value) is int and value >= 0
        is_hash = name == "sha256" and isinstance(value, str) and SHA256.fullmatch(value)
        if not (is_count or is_hash):
            raise InvalidInput(field=name[:40], problem=_("This is no count and no SHA-256."))
    if "people" not in counted:
        raise InvalidInput(field="people", problem=_("How many people does the source have?"))
