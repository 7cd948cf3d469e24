"""Notices on the site itself, and what was seen of them from outside."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import FrozenModel, Publication


class Display(models.Model):
    """A site notice of one Publication. Shown by the public pages from the record, with no job.

    url: the page that is looked at; notice_sha256: of the words that must stand there.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="displays")
    round = models.PositiveSmallIntegerField(default=1)
    url = models.CharField(max_length=1000)
    notice_sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    look_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("site notice")
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "round"], name="one_display_per_round")
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.publication_id}/{self.round}"


class Sighting(FrozenModel):
    """One look at the page. ``problem``: why the notice was not seen, or empty."""

    display = models.ForeignKey(Display, on_delete=models.PROTECT, related_name="sightings")
    looked_at = models.DateTimeField()
    was_seen = models.BooleanField()
    problem = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("sighting")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.display_id} {self.looked_at}"
