"""Publications: the timetable that brings versions into force.

Moved by actions alone. The database keeps the rules that history rests on: nothing
is cleared or takes effect before its announcement, nothing is cleared after its
effect, and what has taken effect is not moved.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.errors import FrozenRecord


class State(models.TextChoices):
    """Where a publication stands at an instant."""

    PROPOSED = "proposed", _("Proposed")
    PENDING = "pending", _("Pending")
    HELD = "held", _("Held")
    EFFECTIVE = "effective", _("Has taken effect")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class HoldReasonChoice(models.TextChoices):
    """``promises.HoldReason``, in words for the team."""

    UNSETTLED = "unsettled", _("Not everyone was told in time.")
    LATE = "late", _("The last notice went out too late for this date.")
    NOBODY_TOLD = "nobody_told", _("No mail server accepted a notice for anyone.")
    OVERDUE = "overdue", _("The time to tell people passed before it was done.")


class PublicationQuerySet(models.QuerySet):
    def cleared(self):
        return self.filter(cleared_at__isnull=False, withdrawn_at__isnull=True)

    def open(self):
        """Announced and still to be decided."""
        return self.filter(
            announced_at__isnull=False, cleared_at__isnull=True, withdrawn_at__isnull=True
        )

    def delete(self):
        if self.filter(announced_at__isnull=False).exists():
            raise FrozenRecord(record=self.model._meta.verbose_name)
        return super().delete()


class Publication(models.Model):
    publisher = models.ForeignKey(
        "documents.Publisher", on_delete=models.PROTECT, related_name="publications"
    )
    proposal = models.JSONField()
    proposal_sha256 = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    announced_at = models.DateTimeField(null=True, blank=True)
    effective_at = models.DateTimeField(null=True, blank=True, db_index=True)
    notice_required = models.BooleanField(default=False)
    deadline_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    hold_reason = models.CharField(max_length=20, blank=True, choices=HoldReasonChoice)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)
    history = HistoricalRecords()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                name="cleared_before_effect",
                condition=Q(cleared_at__isnull=True) | Q(cleared_at__lte=F("effective_at")),
            ),
            models.CheckConstraint(
                name="announced_with_a_date",
                condition=Q(announced_at__isnull=True) | Q(effective_at__isnull=False),
            ),
            models.CheckConstraint(
                name="cleared_only_if_announced",
                condition=Q(cleared_at__isnull=True) | Q(announced_at__isnull=False),
            ),
            models.CheckConstraint(
                name="effective_once_announced",
                condition=Q(announced_at__isnull=True) | Q(effective_at__gte=F("announced_at")),
            ),
            models.CheckConstraint(
                name="cleared_once_announced",
                condition=Q(cleared_at__isnull=True) | Q(cleared_at__gte=F("announced_at")),
            ),
            models.CheckConstraint(
                name="held_or_cleared_not_both",
                condition=Q(cleared_at__isnull=True) | Q(held_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def state(self, at):
        """Where this publication stands at an instant. Held needs no job to be true."""
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        if self.announced_at is None:
            return State.PROPOSED
        if self.cleared_at is not None:
            return State.EFFECTIVE if self.effective_at <= at else State.PENDING
        if self.held_at is not None or self.effective_at <= at:
            return State.HELD
        return State.PENDING

    def delete(self, *args, **kwargs):
        if self.announced_at is not None:
            raise FrozenRecord(record=self._meta.verbose_name)
        return super().delete(*args, **kwargs)
