"""Files that people import: the bytes as they came, and the clauses read from them.

Never proof of a text: that is a Version. An import waits until somebody accepts it
into the draft, and stays afterwards, so that it can be told where a text came from.
"""

import zlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.evidence.canonical import digest


class ImportedFile(models.Model):
    """One file for one policy.

    packed: its bytes, compressed; empty once a removal by order destroyed them.
    outline: the clauses as read and corrected, as importing.outline.to_json has
    them; empty once accepted. choices: for the place of a clause in it the key that it
    keeps, "" for a new one. version: the one that it was recorded as, if it is part of a history.
    """

    policy = models.ForeignKey(
        "documents.Policy", on_delete=models.PROTECT, related_name="imported_files"
    )
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    packed = models.BinaryField()
    accept_changes = models.BooleanField(default=False)
    outline = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.OneToOneField(
        "documents.Version",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="imported_file",
    )

    class Meta:
        verbose_name = _("imported file")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.name

    @property
    def data(self):
        """The bytes as they came; empty if they were destroyed."""
        return zlib.decompress(self.packed) if self.packed else b""

    @data.setter
    def data(self, data):
        self.packed = zlib.compress(data)
        self.size = len(data)

    @property
    def outline_sha256(self):
        """Of the clauses as they stand, so that nobody corrects what another one changed."""
        return digest(self.outline)
