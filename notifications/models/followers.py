"""Readers who asked to be told of changes of one policy, and confirmed their address."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import Policy, Publisher
from documents.models.publishers import ONE_LINE

from .recipients import Recipient


class FollowerStream(models.Model):
    """A publisher that offers to be followed, and the address that it writes to followers from.

    Another one than legal notices come from, so that a filter or a complaint
    against the one does not catch the other.
    """

    publisher = models.OneToOneField(
        Publisher, on_delete=models.PROTECT, related_name="follower_stream"
    )
    sender_email = models.EmailField(_("sender’s address"), validators=[ONE_LINE])

    class Meta:
        verbose_name = _("follower stream")

    def __str__(self):
        return self.sender_email


class FollowQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_at__isnull=True)


class Follow(models.Model):
    """One person follows one policy. Its end touches no other row: not what the person is owed."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="follows")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="follows")
    confirmed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "policy"], name="one_follow_per_policy")
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"


class FollowRequest(models.Model):
    """Somebody typed an address. Kept until it is confirmed, for a week at most.

    address_key and ip_key: keyed hashes, by which requests are counted. The
    address itself goes with the confirmation.
    """

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="follow_requests")
    email = models.EmailField(max_length=254, blank=True)
    address_key = models.CharField(max_length=64)
    ip_key = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tried = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    follow = models.ForeignKey(
        Follow, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("request to follow")
        indexes = [
            models.Index(fields=["asked_at"], name="follow_request_by_time"),
            models.Index(
                fields=["due_at"], name="follow_request_due", condition=Q(sent_at__isnull=True)
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
