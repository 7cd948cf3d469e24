"""Yearly reminders of a text that did not change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import FrozenModel, Policy

from .notices import Notice


class Reminder(FrozenModel):
    """The reminder of one policy that was due on a day, and the notice that it became."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    opened_on = models.DateField()
    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="reminder")

    class Meta:
        verbose_name = _("yearly reminder")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "due_on"], name="one_reminder_per_due_day"),
        ]

    def __str__(self):
        return f"{self.policy_id} {self.due_on}"
