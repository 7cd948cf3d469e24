"""Clauses in the draft, and the texts that versions share.

A clause's text is its heading and body. Number, level and position belong to
its place in one text, so that renumbering is not a change of text.
"""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.models import Orderable

from documents import markup
from documents.comparison import ClauseState
from documents.evidence.canonical import digest

from .frozen import FrozenModel
from .publishers import ONE_LINE

MAX_LEVEL = 9


class Clause(Orderable):
    """One provision in the draft of a policy. Its key is permanent and made by the server."""

    policy = ParentalKey("documents.Policy", on_delete=models.CASCADE, related_name="clauses")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    level = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MAX_LEVEL)]
    )
    number = models.CharField(max_length=40, blank=True, validators=[ONE_LINE])
    heading = models.CharField(max_length=1000, blank=True, validators=[ONE_LINE])
    body = models.TextField(blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("clause")
        constraints = [models.UniqueConstraint(fields=["policy", "key"], name="one_clause_per_key")]

    def __str__(self):
        return f"{self.number} {self.heading}".strip() or str(_("Clause without heading"))

    def clean(self):
        self.body = markup.canonical(self.body)

    @property
    def state(self):
        """The clause as a value for the comparison core."""
        return ClauseState(
            key=str(self.key),
            level=self.level,
            number=self.number,
            heading=self.heading,
            body=self.body,
        )

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """Load from a draft without looking up the policy once per clause."""
        return model_from_serializable_data(cls, data, check_fks=False, strict_fks=strict_fks)


class ClauseText(FrozenModel):
    """One heading and body, stored once per publisher however many versions hold it."""

    publisher = models.ForeignKey("documents.Publisher", on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    heading = models.CharField(max_length=1000, blank=True)
    body = models.TextField(blank=True)
    # Set where this is the marker that stands for a text taken out by order: the hash is the
    # original's, the words are not.
    removal = models.ForeignKey(
        "documents.Removal", null=True, on_delete=models.PROTECT, related_name="markers"
    )

    class Meta:
        verbose_name = _("clause text")
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "sha256"],
                condition=models.Q(removal__isnull=True),
                name="one_text_per_hash",
            ),
            models.UniqueConstraint(fields=["removal", "sha256"], name="one_marker_per_text"),
        ]

    def __str__(self):
        return self.heading or self.sha256[:12]

    def computed_sha256(self):
        """The hash made anew from the words; a marker can only hand on the original's."""
        return self.sha256 if self.removal_id else text_sha256(self.heading, self.body)


def text_sha256(heading, body):
    """SHA-256 of a clause's text, in hexadecimal."""
    return digest({"heading": heading, "body": body})
