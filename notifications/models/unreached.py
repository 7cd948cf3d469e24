"""Who was not told by a notice, why, and what stands in for the mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import FrozenModel

from .deliveries import Delivery


class Why(models.TextChoices):
    REFUSED = "refused", _("Refused by the mail server")
    BOUNCED = "bounced", _("Came back")
    REJECTED = "rejected", _("Never passed on by the provider")
    COMPLAINED = "complained", _("Reported as unwanted")


class Fallback(models.TextChoices):
    NONE = "", _("None: no notice on the site was chosen")
    SITE_NOTICE = "site_notice", _("The notice on the site, at the next visit")


class Unreached(FrozenModel):
    """One person whom the mail of one notice did not reach, or who complained of it.

    suppresses: whether the address itself is dead, so that later notices leave it out.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="unreached")
    why = models.CharField(max_length=20, choices=Why)
    code = models.CharField(max_length=60, blank=True)
    fallback = models.CharField(max_length=20, choices=Fallback, blank=True)
    suppresses = models.BooleanField(default=False)
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("person not reached")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "why"], name="listed_once_for_each_cause")
        ]

    def __str__(self):
        return f"{self.why} {self.delivery_id}"
