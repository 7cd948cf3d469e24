"""What the system that knows the people says that it has, to compare with what we hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import Publisher


class Manifest(models.Model):
    """Counts of people by role, and a hash over their ids: see notifications/manifests.py.

    A difference that somebody signed for is kept with what we held then.
    """

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="manifests")
    made_at = models.DateTimeField()
    counted = models.JSONField()
    received_at = models.DateTimeField()
    received_by = models.UUIDField()
    signed_for = models.JSONField(null=True)
    signed_reason = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("manifest of recipients")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "made_at"], name="one_manifest_per_instant"
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.made_at}"
