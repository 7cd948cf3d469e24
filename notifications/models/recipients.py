"""People to be told, per publisher."""

import secrets

from django.core.validators import EmailValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.evidence.commitment import normalised
from documents.models import Publisher
from documents.models.publishers import ONE_LINE, validate_time_zone

LANGUAGE_TAG = RegexValidator(
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z",
    message=_("Write a language such as en or fr-CA."),
)


def new_salt():
    return secrets.token_hex(16)


class RecipientRole(models.TextChoices):
    """What somebody is to the publisher. Followers have a Follow instead."""

    ACCOUNT_HOLDER = "account_holder", _("Account holder")
    END_USER = "end_user", _("End user")

    @property
    def field(self):
        return f"is_{self.value}"


def with_roles(roles):
    """The filter for people who have at least one of these roles."""
    found = Q(pk__in=[])
    for role in roles:
        found |= Q(**{RecipientRole(role).field: True})
    return found


class RecipientQuerySet(models.QuerySet):
    def reachable(self):
        """Those who were neither erased nor suppressed."""
        return self.filter(erased_at__isnull=True, suppressed_at__isnull=True)

    def to_be_told(self, roles=RecipientRole):
        """Of the reachable those who have one of these roles and have not left."""
        return self.reachable().filter(with_roles(roles), left_at__isnull=True)


class Recipient(models.Model):
    """One person of one publisher. ``salt`` keeps proofs unlinkable without it.

    Whose role nobody has stated has every role, so that no promise passes them
    by. external_id: the publisher's own user id; an address may change under
    it. An address is empty once it was purged, until the publisher sends it
    again, and for good once the person was erased.
    """

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="recipients")
    email = models.EmailField(
        _("e-mail address"), validators=[EmailValidator(), ONE_LINE], max_length=254
    )
    email_key = models.CharField(max_length=254, editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True, validators=[ONE_LINE])
    external_id = models.CharField(
        _("the publisher’s own id"), max_length=100, blank=True, validators=[ONE_LINE]
    )
    is_account_holder = models.BooleanField(_("account holder"), default=True)
    is_end_user = models.BooleanField(_("end user"), default=True)
    language = models.CharField(_("language"), max_length=20, blank=True, validators=[LANGUAGE_TAG])
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, validators=[validate_time_zone]
    )
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    joined_at = models.DateTimeField(editable=False)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    suppressed_at = models.DateTimeField(null=True, blank=True, editable=False)
    suppressed_reason = models.CharField(
        _("why it is suppressed"), max_length=200, blank=True, editable=False
    )
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=["salt"])

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["pk"]
        indexes = [models.Index(fields=["publisher", "joined_at"], name="recipient_by_joining")]
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "email_key"],
                condition=Q(erased_at__isnull=True, purged_at__isnull=True),
                name="one_recipient_per_address",
                violation_error_message=_("This address is already a recipient."),
            ),
            models.UniqueConstraint(
                fields=["publisher", "external_id"],
                condition=~Q(external_id=""),
                name="one_recipient_per_external_id",
                violation_error_message=_("Somebody has this id already."),
            ),
        ]

    def __str__(self):
        return self.email

    def save(self, *args, **kwargs):
        self.email_key = normalised(self.email) if self.email else ""
        super().save(*args, **kwargs)

    def clean_fields(self, exclude=None):
        self.email_key = normalised(self.email)
        super().clean_fields(exclude=exclude)

    @property
    def exclusions(self):
        """Why this person is not to be told, the weightiest reason first."""
        reasons = ("erased", "left", "suppressed", "purged")
        return [reason for reason in reasons if getattr(self, f"{reason}_at")]

    @property
    def exclusion(self):
        """The first of them, or an empty text."""
        return next(iter(self.exclusions), "")

    @property
    def roles(self):
        return [role for role in RecipientRole if getattr(self, role.field)]
