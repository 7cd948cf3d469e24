"""Versions: published, frozen texts of a policy.

A Version lists its clauses as ids of Places in reading order. A Place is one
clause as it stands from one version on: a new row only where level, number or
text differ from the version before. So a thousand versions with three edits
each cost a thousand short lists and three thousand rows, and the rows of one
key *are* that clause's history. A Place without text says that the clause was
removed.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents import promises
from documents.comparison import ClauseState
from documents.evidence.canonical import digest

from .clauses import ClauseText
from .frozen import FrozenModel


class SignificanceChoice(models.TextChoices):
    EDITORIAL = "editorial", _("Editorial: the meaning is unchanged")
    MINOR = "minor", _("Minor")
    MATERIAL = "material", _("Material")


class Version(FrozenModel):
    """The text of a policy, frozen at publication with everything it was published with."""

    policy = models.ForeignKey(
        "documents.Policy", on_delete=models.PROTECT, related_name="versions"
    )
    publication = models.ForeignKey(
        "documents.Publication", on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=20)
    title = models.CharField(max_length=255)
    legal_entity = models.CharField(max_length=255, blank=True)
    contact = models.CharField(max_length=255, blank=True)
    promise_record = models.JSONField()
    summary = models.TextField(blank=True)
    significance = models.CharField(max_length=20, choices=SignificanceChoice)
    outline = models.JSONField()
    frozen_at = models.DateTimeField()
    frozen_by = models.UUIDField()
    draft_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version")
        ordering = ["policy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="one_version_per_number")
        ]

    def __str__(self):
        return f"{self.title} {self.number}"

    @property
    def promise(self):
        return promises.from_record(self.promise_record)

    def details(self):
        """What this version says beside its clauses; as Policy.details has it of a draft."""
        return {
            "title": self.title,
            "legal_entity": self.legal_entity,
            "contact": self.contact,
            "promise": self.promise_record,
        }

    def places(self):
        """The clauses of this text as Places, in reading order: one query."""
        found = Place.objects.select_related("text").in_bulk(self.outline)
        return [found[place_id] for place_id in self.outline]

    def clauses(self):
        """The clauses of this text as values for the comparison core."""
        return tuple(place.state for place in self.places())

    def record(self, clauses):
        """What the hash is made over: metadata, and each clause's place and text hash.

        clauses: sequence of (key, level, number, text sha256).
        """
        return {
            "format": 1,
            "publisher": self.policy.publisher.slug,
            "policy": str(self.policy.key),
            "number": self.number,
            "language": self.language,
            **self.details(),
            "summary": self.summary,
            "significance": self.significance,
            "clauses": [list(clause) for clause in clauses],
        }

    def computed_sha256(self, places=None):
        """The hash made anew from the stored words; equal to ``sha256`` if they are intact.

        places: as ``places()`` has them, if they are at hand. Of a text that was removed by
        order the stored hash stands for the words.
        """
        return digest(
            self.record(
                (str(place.key), place.level, place.number, place.text.computed_sha256())
                for place in (self.places() if places is None else places)
            )
        )


class Place(FrozenModel):
    """One clause as it stands since version ``since``; without text where it was removed."""

    policy = models.ForeignKey("documents.Policy", on_delete=models.PROTECT, related_name="places")
    since = models.PositiveIntegerField()
    key = models.UUIDField()
    level = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, blank=True)
    text = models.ForeignKey(ClauseText, null=True, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("place of a clause")
        constraints = [
            models.UniqueConstraint(fields=["policy", "key", "since"], name="one_place_per_version")
        ]

    def __str__(self):
        return f"{self.number} {self.key}".strip()

    @property
    def state(self):
        return ClauseState(
            key=str(self.key),
            level=self.level,
            number=self.number,
            heading=self.text.heading,
            body=self.text.body,
        )
