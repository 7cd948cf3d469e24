"""Whom a team chooses to tell of a policy, beside what its promise says."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.models import Policy


class AudienceChoice(models.Model):
    """``roles``: RecipientRoles told beside those of the promise; never fewer than it says.

    languages: where not empty, people of another stated language are told by
    that language's own policy, and not of this one.
    """

    policy = models.OneToOneField(Policy, on_delete=models.PROTECT, related_name="audience_choice")
    roles = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("choice of an audience")

    def __str__(self):
        return str(self.policy)
