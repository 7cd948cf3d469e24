"""What must hold before people are told. Raises inside the announcement, which then is none."""

from documents import queries
from notifications import audiences, manifests
from notifications.errors import AddressesMissing, ImportUnderWay, ManifestDiffers
from notifications.models import Manifest, RecipientImport


def require_known_audience(publication):
    """We hold everyone who must be told, as far as anybody can know."""
    publisher = publication.publisher
    require_no_import(publisher)
    require_addresses(publication)
    require_manifest_met(publisher)


def require_addresses(publication):
    purged = audiences.for_policy(queries.policy_of(publication)).filter(purged_at__isnull=False)
    if count := purged.count():
        raise AddressesMissing(count=count)


def require_manifest_met(publisher):
    """The newest manifest agrees with what we hold, or somebody signed for the difference."""
    manifest = Manifest.objects.filter(publisher=publisher).last()
    if manifest is None:
        return
    found = manifests.difference(manifest)
    if found and manifest.signed_for != manifests.held(publisher):
        raise ManifestDiffers(difference=manifests.in_words(found))


def require_no_import(publisher):
    """Whoever changes recipients waits for a file that is being taken in, for it was checked."""
    if RecipientImport.objects.filter(publisher=publisher, finished_at__isnull=True).exists():
        raise ImportUnderWay(publisher=publisher.name)
