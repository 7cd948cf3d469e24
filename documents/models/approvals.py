"""What takes two people: approvals of a proposal, motions, sign-offs. Who, by key, and of what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.errors import FrozenRecord
from documents.evidence.canonical import digest

from .frozen import FrozenModel


class Approval(FrozenModel):
    """One person's yes to one proposal, as its hash names it: any change of it voids the yes."""

    publication = models.ForeignKey(
        "documents.Publication", on_delete=models.PROTECT, related_name="approvals"
    )
    proposal_sha256 = models.CharField(max_length=64)
    approved_at = models.DateTimeField()
    approved_by = models.UUIDField()

    class Meta:
        verbose_name = _("approval")
        ordering = ["approved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "approved_by"], name="one_approval_per_person"
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.publication_id}"

    def logged(self):
        """What the log says of it."""
        return {
            "policy": self.publication.proposal["policy"],
            "proposal_sha256": self.proposal_sha256,
        }


class SignOff(FrozenModel):
    """A named person answers for people who could not be told. ``counted``: what was known then."""

    publication = models.ForeignKey(
        "documents.Publication", on_delete=models.PROTECT, related_name="sign_offs"
    )
    counted = models.JSONField()
    reason = models.TextField()
    signed_at = models.DateTimeField()
    signed_by = models.UUIDField()

    class Meta:
        verbose_name = _("sign-off")
        ordering = ["signed_at"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.publication_id}"

    def logged(self):
        """What the log says of it: of the reason, a free text, no more than the hash."""
        return {
            "publication": self.publication_id,
            "reason_sha256": digest(self.reason),
            **self.counted,
        }


class MotionKind(models.TextChoices):
    EARLIER_DATE = "earlier_date", _("Take effect earlier than promised")
    REMOVAL = "removal", _("Remove a text by order")


class Motion(models.Model):
    """An act that one person asks for and another carries out. Settled once."""

    publisher = models.ForeignKey(
        "documents.Publisher", on_delete=models.PROTECT, related_name="motions"
    )
    policy = models.ForeignKey("documents.Policy", on_delete=models.PROTECT, related_name="motions")
    publication = models.ForeignKey(
        "documents.Publication", null=True, on_delete=models.PROTECT, related_name="motions"
    )
    kind = models.CharField(max_length=20, choices=MotionKind)
    terms = models.JSONField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    is_carried = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("motion")
        ordering = ["asked_at"]

    def __str__(self):
        return self.get_kind_display()

    def logged(self):
        """What the log says of it, when it is asked and when it is settled."""
        return {
            "motion": self.pk,
            "motion_kind": self.kind,
            "policy": str(self.policy.key),
            "terms_sha256": digest(self.terms),
            "reason_sha256": digest(self.reason),
        }

    def delete(self, *args, **kwargs):
        raise FrozenRecord(record=self._meta.verbose_name)
