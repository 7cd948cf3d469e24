"""Notices and their wording."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from documents.models import FrozenModel, Publication


class Kind(models.TextChoices):
    ANNOUNCEMENT = "announcement", _("Announcement")
    CORRECTION = "correction", _("New date")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    SAME_DAY = "same_day", _("Same-day notice of a change in effect")
    REMINDER = "reminder", _("Yearly reminder of the text in force")
    TOP_UP = "top_up", _("For those who joined after the announcement")


# Kinds that no change waits for: they count nothing towards a clearance.
NO_CLEARANCE = (Kind.WITHDRAWAL, Kind.REMINDER, Kind.TOP_UP)


class Stream(models.TextChoices):
    """Who gets it by what right, and from which address."""

    PROMISED = "promised", _("Promised")
    FOLLOWERS = "followers", _("To followers")


class NoticeQuerySet(models.QuerySet):
    def counted(self):
        """Those that a promise is kept by: neither followers, nor who joined later, hold it up."""
        return self.filter(stream=Stream.PROMISED).exclude(kind__in=NO_CLEARANCE)


class PauseReason(models.TextChoices):
    BOUNCES = "bounces", _("Too many addresses do not exist")
    CONTENT = "content", _("Mail servers refuse what it says")


class Notice(models.Model):
    """The announcement of one Publication.

    A new date makes a new round: a notice with its own wording and its own
    deliveries. The newest round is the one that counts for clearance.

    answered, bounced, blocked: messages since the notice was opened or resumed
    that got a final answer, that named no such address, and that were refused
    for their content; schedule.alarm decides by them.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="notices")
    round = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ANNOUNCEMENT)
    stream = models.CharField(max_length=20, choices=Stream, default=Stream.PROMISED)
    audience = models.JSONField()
    opened_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, blank=True)
    fanned_out_to = models.PositiveBigIntegerField(default=0)
    fanned_out_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=20, choices=PauseReason, blank=True)
    answered = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)
    blocked = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=20, blank=True)
    close_note = models.TextField(_("reason for the cancellation"), blank=True)
    unreached_listed_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "round"], name="one_notice_per_round")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.publication_id}/{self.round}"

    @property
    def is_counted(self):
        """As NoticeQuerySet.counted has it."""
        return self.stream == Stream.PROMISED and self.kind not in NO_CLEARANCE

    @property
    def sender_email(self):
        publisher = self.publication.publisher
        if self.stream == Stream.FOLLOWERS:
            return publisher.follower_stream.sender_email
        return publisher.sender_email

    @cached_property
    def wordings(self):
        """language → NoticeMessage, the policy's own first: so they were stored."""
        stored = sorted(self.messages.all(), key=lambda message: message.pk)
        return {message.language: message for message in stored}


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
