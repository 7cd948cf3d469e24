"""The evidence log: append-only, one hash chain per publisher."""

from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.evidence.chain import GENESIS, Link

from .frozen import FrozenModel

SYSTEM = "system"  # the actor of an entry that nobody's act has made


class Chain(models.Model):
    """The head of a publisher's chain. Locked while an entry is appended."""

    publisher = models.OneToOneField(
        "documents.Publisher", primary_key=True, on_delete=models.PROTECT, related_name="chain"
    )
    seq = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("evidence chain")

    def __str__(self):
        return f"{self.publisher_id}: {self.seq} {self.sha256[:12]}"


class Entry(FrozenModel):
    """One line of the evidence log."""

    publisher = models.ForeignKey(
        "documents.Publisher", on_delete=models.PROTECT, related_name="entries"
    )
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor = models.CharField(max_length=36)
    publication = models.ForeignKey(
        "documents.Publication", null=True, on_delete=models.PROTECT, related_name="entries"
    )
    payload = models.JSONField()
    previous = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry of the evidence log")
        ordering = ["publisher", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["publisher", "seq"], name="one_entry_per_seq"),
            models.UniqueConstraint(fields=["publisher", "previous"], name="one_entry_per_link"),
        ]

    def __str__(self):
        return f"{self.seq} {self.kind}"

    @property
    def link(self):
        return Link(
            publisher=self.publisher.slug,
            seq=self.seq,
            at=self.at,
            kind=self.kind,
            actor=self.actor,
            payload=self.payload,
            previous=self.previous,
        )


class TimeStamp(FrozenModel):
    """A head of the log as an outside authority has dated it (RFC 3161)."""

    publisher = models.ForeignKey(
        "documents.Publisher", on_delete=models.PROTECT, related_name="time_stamps"
    )
    seq = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    authority = models.CharField(max_length=500)
    stamped_at = models.DateTimeField()
    token = models.BinaryField()

    class Meta:
        verbose_name = _("time stamp")
        ordering = ["publisher", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["publisher", "seq"], name="one_time_stamp_per_head")
        ]

    def __str__(self):
        return f"{self.seq} {self.stamped_at}"

    @property
    def host(self):
        """The authority's name for readers."""
        return urlsplit(self.authority).hostname
