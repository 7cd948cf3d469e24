"""A named person answers for a difference between the people we hold and the source's manifest."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.actions.append_entry import append_entry
from documents.actions.requirements import require_text
from documents.evidence.canonical import digest
from documents.models import Actor
from documents.permissions import require
from legalcms import clock
from notifications import manifests
from notifications.errors import NothingDiffers
from notifications.models import Manifest


@transaction.atomic
def sign_off_manifest(*, publisher, reason, by):
    """For the newest manifest, as long as we hold what we hold now. Returns the Manifest."""
    require(by, "publish", publisher)
    reason = require_text(reason, "reason", _("Say why people may be told all the same."))
    manifest = Manifest.objects.select_for_update().filter(publisher=publisher).last()
    if manifest is None or not manifests.difference(manifest):
        raise NothingDiffers()
    actor = Actor.of(by)
    manifest.signed_for = manifests.held(publisher)
    manifest.signed_reason, manifest.signed_at, manifest.signed_by = reason, clock.now(), actor.key
    manifest.save()
    append_entry(
        publisher=publisher,
        kind="manifest.signed_off",
        payload={
            "made_at": manifest.made_at,
            "source": manifest.counted,
            "held": manifest.signed_for,
            "reason_sha256": digest(reason),
        },
        actor=actor,
    )
    return manifest
