"""What people decided about the significance of a change. The history keeps earlier decisions.

Never proof: what binds is the significance that a proposal names and a Version freezes.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from documents.comparison import Significance

from .versions import SignificanceChoice


class SignificanceDecision(models.Model):
    """One person's judgement of one change, and a second person's where it takes two.

    key: of the clause; empty for the title, the names and the promise together.
    change_sha256: of the texts on both sides, so that an edit asks for a new
    judgement. proposed: what the comparison proposed.
    """

    policy = models.ForeignKey(
        "documents.Policy", on_delete=models.PROTECT, related_name="significance_decisions"
    )
    key = models.CharField(max_length=36, blank=True)
    change_sha256 = models.CharField(max_length=64)
    proposed = models.CharField(max_length=20, choices=SignificanceChoice)
    level = models.CharField(_("significance"), max_length=20, choices=SignificanceChoice)
    reason = models.TextField(_("reason"))
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("decision on significance")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "key", "change_sha256"], name="one_decision_per_change"
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.key}"

    @property
    def needs_second_person(self):
        """Whoever calls a material change less than that does not do so alone."""
        material = SignificanceChoice.MATERIAL
        return self.proposed == material and self.level != material

    @property
    def is_waiting(self):
        return self.needs_second_person and self.confirmed_by is None

    @property
    def significance(self):
        """What counts now: a decision that waits lowers nothing."""
        return Significance(self.proposed if self.is_waiting else self.level)
