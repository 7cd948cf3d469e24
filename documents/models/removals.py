"""Removal by order: the one exception to texts that never change, and itself part of the record."""

from django.db import models
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents import markup
from documents.evidence.canonical import digest

from .frozen import FrozenModel


class Removal(FrozenModel):
    """An order that took the words of one clause out of one policy's versions.

    texts: the SHA-256 of each text that was replaced by a marker; they stay,
    and so do the hashes of the versions. is_destroyed: no sealed original is kept.
    """

    policy = models.ForeignKey(
        "documents.Policy", on_delete=models.PROTECT, related_name="removals"
    )
    key = models.UUIDField()
    texts = models.JSONField()
    order = models.CharField(max_length=500)
    reason = models.TextField()
    is_destroyed = models.BooleanField(default=False)
    removed_at = models.DateTimeField()
    asked_by = models.UUIDField()
    removed_by = models.UUIDField()

    class Meta:
        verbose_name = _("removal by order")
        ordering = ["removed_at"]

    def __str__(self):
        return f"{self._meta.verbose_name}: {self.order}"

    def logged(self):
        """What the log says of it, beside the motion and the messages that gave way."""
        return {
            "policy": str(self.policy.key),
            "key": str(self.key),
            "texts": self.texts,
            "order_sha256": digest(self.order),
            "destroyed": self.is_destroyed,
        }

    @property
    def marker(self):
        """What stands where the text stood, in the policy's language; plain text."""
        with translation.override(self.policy.locale.language_code):
            return gettext("This text was removed by order: %(order)s.") % {"order": self.order}

    def marker_body(self, sha256):
        """The marker for one text; it names the hash, so that a redline tells two texts apart."""
        with translation.override(self.policy.locale.language_code):
            original = gettext("SHA-256 of the text: %(sha256)s…") % {"sha256": sha256[:16]}
        return markup.canonical(f"<p>{escape(self.marker)}</p><p>{original}</p>")


class SealedText(FrozenModel):
    """The original of a removed text, kept apart. No screen, search or export shows it."""

    removal = models.ForeignKey(Removal, on_delete=models.PROTECT, related_name="sealed")
    sha256 = models.CharField(max_length=64)
    heading = models.CharField(max_length=1000, blank=True)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("sealed text")
        constraints = [
            models.UniqueConstraint(fields=["removal", "sha256"], name="one_seal_per_text")
        ]

    def __str__(self):
        return self.sha256[:12]
