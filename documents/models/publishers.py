"""Organisations and their teams. Nothing of one publisher is visible to another's team."""

import zoneinfo

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.errors import FrozenRecord

# str.splitlines() takes all of these for line ends, and so may a mail library.
ONE_LINE = RegexValidator(
    r"[\x00-\x1f\x7f\x85\u2028\u2029]",
    message=_("Line breaks and control characters are not allowed here."),
    inverse_match=True,
)


def validate_time_zone(name):
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(
            _("“%(name)s” is not a time zone; write one such as Europe/Paris."),
            params={"name": name},
        ) from None


# Addresses that the site itself uses at the place of a publisher's slug.
RESERVED_SLUGS = {"admin", "feedback", "files", "follow", "health", "media", "static"}


def validate_slug_is_free(slug):
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("“%(slug)s” is used by the site itself."), params={"slug": slug})


class TwoPersonRule(models.TextChoices):
    """For which changes somebody other than the proposer must approve."""

    NEVER = "never", _("Never: one person may propose and publish")
    MATERIAL = "material", _("For material changes")
    ALWAYS = "always", _("For every version")


class Publisher(models.Model):
    """An organisation with its legal entity, sender, time zone and team."""

    slug = models.SlugField(unique=True, validators=[validate_slug_is_free])
    name = models.CharField(max_length=200, validators=[ONE_LINE])
    legal_entity = models.CharField(max_length=255, blank=True, validators=[ONE_LINE])
    contact = models.EmailField(help_text=_("Where readers and recipients can ask."))
    sender_name = models.CharField(max_length=200, validators=[ONE_LINE])
    sender_email = models.EmailField(validators=[ONE_LINE])
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    two_person_rule = models.CharField(
        _("second person"),
        max_length=20,
        choices=TwoPersonRule,
        default=TwoPersonRule.MATERIAL,
        help_text=_("When somebody else must approve what one person proposes."),
    )
    failures_allowed = models.PositiveSmallIntegerField(
        _("failures allowed"),
        default=5,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "Percent of people who could not be reached, up to which nobody has to answer for it."
        ),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("publisher")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Refuses another slug: every entry of the evidence log is hashed with it."""
        if not self._state.adding:
            stored = type(self).objects.filter(pk=self.pk)
            if stored.exclude(slug=self.slug).exists():
                raise FrozenRecord(record=_("The slug of a publisher"))
        super().save(*args, **kwargs)

    @property
    def zone(self):
        return zoneinfo.ZoneInfo(self.time_zone)


class Role(models.TextChoices):
    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    PUBLISHER = "publisher", _("Publisher")
    RECIPIENTS = "recipients", _("Recipient manager")
    AUDITOR = "auditor", _("Auditor")


class Team(models.Model):
    """The group of users who hold one role for one publisher.

    A Django group, so that people are added where Wagtail's administrators
    expect it, and page permissions follow.
    """

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="teams")
    role = models.CharField(max_length=20, choices=Role)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="team")

    class Meta:
        verbose_name = _("team")
        constraints = [
            models.UniqueConstraint(fields=["publisher", "role"], name="one_team_per_role")
        ]

    def __str__(self):
        return f"{self.publisher}: {self.get_role_display()}"
