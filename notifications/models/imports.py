"""A file of recipients on its way in: staged, then switched to as a whole.

Staged rows hold addresses; they are deleted as they are taken in, or with the
import that is discarded.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import Publisher

from .recipients import Recipient

# What a line says of a person.
TAKEN = (
    "email",
    "email_key",
    "name",
    "external_id",
    "is_account_holder",
    "is_end_user",
    "language",
    "time_zone",
)


class RecipientImport(models.Model):
    """accepted_at: the instant at which everyone in the file joins. From then on it only ends.

    lease_until: until when whoever works at it need not be suspected to be dead.
    """

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="imports")
    started_at = models.DateTimeField()
    started_by = models.UUIDField()
    lease_until = models.DateTimeField()
    lines = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import of recipients")
        constraints = [
            models.UniqueConstraint(
                fields=["publisher"],
                condition=Q(finished_at__isnull=True),
                name="one_open_import_per_publisher",
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class StagedRecipient(models.Model):
    """What one line says, checked. recipient: whom it is about, if we know that person."""

    batch = models.ForeignKey(RecipientImport, on_delete=models.PROTECT, related_name="staged")
    recipient = models.ForeignKey(Recipient, null=True, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    is_account_holder = models.BooleanField()
    is_end_user = models.BooleanField()
    language = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("staged recipient")
        constraints = [
            models.UniqueConstraint(fields=["batch", "email_key"], name="one_staged_per_address"),
            models.UniqueConstraint(
                fields=["batch", "external_id"],
                condition=~Q(external_id=""),
                name="one_staged_per_external_id",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class RejectedLine(models.Model):
    """A line of a file that cannot be used. ``reason`` never quotes it."""

    batch = models.ForeignKey(
        RecipientImport, on_delete=models.PROTECT, related_name="rejected_lines"
    )
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=255)

    class Meta:
        verbose_name = _("rejected line")
        ordering = ["line"]

    def __str__(self):
        return f"{self.line}: {self.reason}"
