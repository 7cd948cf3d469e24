"""People to be told, per publisher."""

import secrets

from django.core.validators import EmailValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.evidence.commitment import normalised
from documents.models import Publisher
from documents.models.publishers import ONE_LINE


def new_salt():
    return secrets.token_hex(16)


class RecipientQuerySet(models.QuerySet):
    def to_be_told(self):
        """Those who have not left and were neither erased nor suppressed."""
        return self.filter(left_at__isnull=True, erased_at__isnull=True, suppressed_at__isnull=True)


class Recipient(models.Model):
    """One person of one publisher. ``salt`` keeps proofs unlinkable without it."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="recipients")
    email = models.EmailField(
        _("e-mail address"), validators=[EmailValidator(), ONE_LINE], max_length=254
    )
    email_key = models.CharField(max_length=254, editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True, validators=[ONE_LINE])
    language = models.CharField(_("language"), max_length=20, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    joined_at = models.DateTimeField(editable=False)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    suppressed_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "email_key"],
                condition=Q(erased_at__isnull=True),
                name="one_recipient_per_address",
                violation_error_message=_("This address is already a recipient."),
            )
        ]

    def __str__(self):
        return self.email

    def save(self, *args, **kwargs):
        self.email_key = normalised(self.email)
        super().save(*args, **kwargs)

    def clean_fields(self, exclude=None):
        self.email_key = normalised(self.email)
        super().clean_fields(exclude=exclude)

    @property
    def exclusion(self):
        """Why this person is not to be told, or an empty text."""
        for reason in ("erased", "left", "suppressed"):
            if getattr(self, f"{reason}_at"):
                return reason
        return ""
