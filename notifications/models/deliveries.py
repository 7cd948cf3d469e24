"""One notice to one recipient, and each try over the wire."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import FrozenModel
from notifications.mime import NEWEST

from .notices import Notice
from .recipients import Recipient


class DeliveryState(models.TextChoices):
    """``sent`` means that a mail server accepted it; delivered is another fact."""

    PLANNED = "planned", _("Planned")
    CLAIMED = "claimed", _("Being sent")
    ATTEMPTING = "attempting", _("On the wire")
    DEFERRED = "deferred", _("Put off by the mail server")
    UNKNOWN = "unknown", _("Answer lost, sent again once")
    RELAYED = "relayed", _("Accepted by a relay, not yet confirmed")
    ACCEPTED = "accepted", _("Accepted by the mail server")
    RESENT = "resent", _("Sent twice, answer lost both times")
    FAILED = "failed", _("Refused for good")
    EXCLUDED = "excluded", _("Excluded")


WAITING = (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.UNKNOWN)
UNDER_WAY = (DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)
UNSETTLED = (*WAITING, *UNDER_WAY, DeliveryState.RELAYED)
SETTLED = (
    DeliveryState.ACCEPTED,
    DeliveryState.RESENT,
    DeliveryState.FAILED,
    DeliveryState.EXCLUDED,
)


class Delivery(models.Model):
    """Claimed by lease; ``token`` fences off a worker whose lease ran out.

    Sent again at most once after a lost answer, under the same Message-ID.
    """

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=20, choices=DeliveryState, default=DeliveryState.PLANNED)
    reason = models.CharField(max_length=60, blank=True)
    due_at = models.DateTimeField()
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tried = models.PositiveSmallIntegerField(default=0)
    possible_duplicate = models.BooleanField(default=False)
    message_id = models.CharField(max_length=255)
    commitment = models.CharField(max_length=64)
    sent_sha256 = models.CharField(max_length=64, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "recipient"], name="one_delivery_per_recipient"
            ),
            models.CheckConstraint(
                name="settled_has_an_end_state",
                condition=Q(settled_at__isnull=True, state__in=[s.value for s in UNSETTLED])
                | Q(settled_at__isnull=False, state__in=[s.value for s in SETTLED]),
            ),
        ]
        # Each change of state moves a row in these, so there are few, and none says a state
        # twice: SQLite uses a partial index only where the query repeats its condition.
        indexes = [
            models.Index(fields=["notice", "state", "due_at", "id"], name="delivery_due"),
            models.Index(
                fields=["lease_until"],
                name="delivery_under_way",
                condition=Q(lease_until__isnull=False),
            ),
            models.Index(
                fields=["accepted_at"],
                name="delivery_relayed",
                condition=Q(state=DeliveryState.RELAYED.value),
            ),
            models.Index(fields=["message_id"], name="delivery_by_message_id"),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class Outcome(models.TextChoices):
    OPEN = "", _("Under way")
    ACCEPTED = "accepted", _("Accepted")
    DEFERRED = "deferred", _("Put off")
    FAILED = "failed", _("Refused")
    UNKNOWN = "unknown", _("Answer lost")
    NOT_SENT = "not_sent", _("Mail server out of reach")


class Attempt(models.Model):
    """One try. The row is committed before anything goes over the wire, and ended once.

    hop: the mail server that answered, as host:port; recipe: how the bytes were
    written, of mime.RECIPES.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    code = models.CharField(max_length=40, blank=True)
    hop = models.CharField(max_length=255, blank=True)
    sent_sha256 = models.CharField(max_length=64)
    recipe = models.PositiveSmallIntegerField(default=NEWEST)

    class Meta:
        verbose_name = _("attempt")
        ordering = ["pk"]
        indexes = [models.Index(fields=["started_at"], name="attempt_started")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class EventKind(models.TextChoices):
    DELIVERED = "delivered", _("Delivered to the recipient’s server")
    BOUNCED = "bounced", _("Came back")
    REJECTED = "rejected", _("Never passed on by the provider")
    DEFERRED = "deferred", _("Put off by the recipient’s server")
    COMPLAINED = "complained", _("Reported as unwanted")


RETURNED = (EventKind.BOUNCED, EventKind.REJECTED)
LAST_WORDS = (EventKind.DELIVERED, *RETURNED)


class DeliveryEvent(FrozenModel):
    """What came back after a mail server had accepted a message. Never undone, only added to.

    told_as: SHA-256 of the report’s own name, so that it counts once; empty if it has none.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind)
    code = models.CharField(max_length=40, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    told_as = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("event of a delivery")
        ordering = ["happened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "kind", "happened_at"], name="one_event_per_instant"
            ),
            models.UniqueConstraint(
                fields=["told_as"], condition=~Q(told_as=""), name="one_event_per_report"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.delivery_id}"
