"""Notices and their wording."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import FrozenModel, Publication


class Kind(models.TextChoices):
    ANNOUNCEMENT = "announcement", _("Announcement")
    CORRECTION = "correction", _("New date")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    SAME_DAY = "same_day", _("Same-day notice of a change in effect")


class Notice(models.Model):
    """The announcement of one Publication.

    A new date makes a new round: a notice with its own wording and its own
    deliveries. The newest round is the one that counts for clearance.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="notices")
    round = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ANNOUNCEMENT)
    audience = models.JSONField()
    opened_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, blank=True)
    fanned_out_to = models.PositiveBigIntegerField(default=0)
    fanned_out_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=20, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "round"], name="one_notice_per_round")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.publication_id}/{self.round}"


class NoticeMessage(FrozenModel):
    """What a notice says in one language, with named slots; rendered once and hashed."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="messages")
    language = models.CharField(max_length=20)
    slot_token = models.CharField(max_length=32)
    subject = models.CharField(max_length=1000)
    text = models.TextField()
    html = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("wording of a notice")
        constraints = [
            models.UniqueConstraint(fields=["notice", "language"], name="one_wording_per_language")
        ]

    def __str__(self):
        return f"{self.subject} ({self.language})"
