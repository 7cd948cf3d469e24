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
from documents.promises import Channel, Ground, Window


class State(models.TextChoices):
    """Where a publication stands at an instant."""

    PROPOSED = "proposed", _("Proposed")
    DISCARDED = "discarded", _("Proposal discarded")
    PENDING = "pending", _("Pending")
    HELD = "held", _("Held")
    EFFECTIVE = "effective", _("Has taken effect")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class HoldReasonChoice(models.TextChoices):
    """``promises.HoldReason``, in words for the team."""

    LATE = "late", _("The last notice went out too late for this date.")
    EARLY = "early", _("The first notice went out too long before this date.")
    OVERDUE = "overdue", _("The time to tell people passed before it was done.")
    BY_HAND = "by_hand", _("Somebody held it.")
    # Of records made before failures could be signed for.
    UNSETTLED = "unsettled", _("Not everyone was told in time.")
    NOBODY_TOLD = "nobody_told", _("No mail server accepted a notice for anyone.")


class GroundChoice(models.TextChoices):
    """``promises.Ground``, in words for the team and the public."""

    EDITORIAL = Ground.EDITORIAL.value, _("Editorial: the meaning is unchanged")
    BENEFICIAL = Ground.BENEFICIAL.value, _("Solely to people’s benefit")
    ADMINISTRATIVE = Ground.ADMINISTRATIVE.value, _("Purely administrative")
    REQUIRED_BY_LAW = Ground.REQUIRED_BY_LAW.value, _("Required by law or by an authority")
    SECURITY = Ground.SECURITY.value, _("Needed for security")


class PublicationQuerySet(models.QuerySet):
    def cleared(self):
        return self.filter(cleared_at__isnull=False, withdrawn_at__isnull=True)

    def open(self):
        """Announced and still to be decided."""
        return self.filter(
            announced_at__isnull=False, cleared_at__isnull=True, withdrawn_at__isnull=True
        )

    def proposed(self):
        """Proposals that may still be approved and published."""
        return self.filter(announced_at__isnull=True, discarded_at__isnull=True)

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
    discarded_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    # Of a text that was recorded later: the day from which it applied, as it was given to us.
    # In this record it takes effect when it is recorded: what was in force before is not rewritten.
    given_on = models.DateField(null=True, blank=True)
    # The wall clock and the zone that the instant was chosen by: zone rules may change later.
    effective_local = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    channels = models.JSONField(default=list)
    clock_start = models.CharField(max_length=20, blank=True)
    effective_at = models.DateTimeField(null=True, blank=True)
    notice_required = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    deadline_at = models.DateTimeField(null=True, blank=True)
    sign_off_asked_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=20, blank=True, choices=GroundChoice)
    ground_source = models.TextField(blank=True)
    promise_kept = models.BooleanField(default=True)
    override_reason = models.TextField(blank=True)
    carries = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_by"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    hold_reason = models.CharField(max_length=20, blank=True, choices=HoldReasonChoice)
    hold_note = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)
    history = HistoricalRecords()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        ordering = ["-proposed_at"]
        indexes = [models.Index(fields=["publisher", "effective_at"], name="publication_by_effect")]
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
            return State.PROPOSED if self.discarded_at is None else State.DISCARDED
        if self.cleared_at is not None:
            return State.EFFECTIVE if self.effective_at <= at else State.PENDING
        if self.held_at is not None or self.effective_at <= at:
            return State.HELD
        return State.PENDING

    @property
    def window(self):
        """When everyone must be told; only of one that needs notice."""
        return Window(self.opens_at, self.deadline_at)

    @property
    def told_by(self):
        """The channels that were chosen to tell people by."""
        return frozenset(map(Channel, self.channels))

    def timetable(self):
        """As the log has it: enough to say later whether this row was tampered with."""
        return {
            "given_on": self.given_on,
            "effective_at": self.effective_at,
            "effective_local": self.effective_local,
            "time_zone": self.time_zone,
            "channels": self.channels,
            "notice_required": self.notice_required,
            "opens_at": self.opens_at,
            "deadline_at": self.deadline_at,
            "cleared_at": self.cleared_at,
            "ground": self.ground,
            "promise_kept": self.promise_kept,
        }

    def delete(self, *args, **kwargs):
        if self.announced_at is not None:
            raise FrozenRecord(record=self._meta.verbose_name)
        return super().delete(*args, **kwargs)
