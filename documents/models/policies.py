"""Policies: Wagtail pages that hold the draft. What the public reads comes from Versions."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from documents.errors import WagtailPublishingRefused
from documents.evidence.canonical import digest
from documents.promises import HOUSE_PROMISE, to_record

from .clauses import text_sha256
from .pages import RetainedPage
from .publishers import ONE_LINE

BINDING_FIELDS = ("live", "title", "slug", "publisher_id", "key")


class Kind(models.TextChoices):
    CONTRACT = "contract", _("Contract")
    PRIVACY_NOTICE = "privacy_notice", _("Privacy notice")
    CONSENT_TEXT = "consent_text", _("Consent text")
    RULES = "rules", _("Rules")
    LIST = "list", _("List")


class Policy(RetainedPage):
    """One legal document of a publisher in one language."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    publisher = models.ForeignKey(
        "documents.Publisher", on_delete=models.PROTECT, related_name="policies", editable=False
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PRIVACY_NOTICE)
    contact = models.CharField(
        max_length=255,
        blank=True,
        validators=[ONE_LINE],
        help_text=_("Where readers can ask about this text; empty: the publisher’s contact."),
    )

    parent_page_types = ["documents.PublisherPage"]
    subpage_types = []
    preview_modes = []
    exclude_fields_in_copy = [*RetainedPage.exclude_fields_in_copy, "key"]
    content_panels = [*RetainedPage.content_panels, FieldPanel("kind"), FieldPanel("contact")]

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not args and self._state.adding and "live" not in kwargs:
            self.live = False

    @property
    def is_announced(self):
        return self.pk is not None and self.versions.exists()

    def draft(self):
        """The working text now: this policy as its latest Wagtail revision has it."""
        return Policy.objects.get(pk=self.pk).get_latest_revision_as_object()

    def ordered_clauses(self):
        return sorted(self.clauses.all(), key=lambda clause: clause.sort_order or 0)

    def states(self):
        """The clauses as values for the comparison core."""
        return tuple(clause.state for clause in self.ordered_clauses())

    @property
    def recorded_promise(self):
        """What the policy promises, or the house default where nobody has recorded it."""
        setting = getattr(self, "promise_setting", None)
        return setting.promise if setting else HOUSE_PROMISE

    def details(self):
        """What a Version of this draft would freeze beside its clauses."""
        return {
            "title": self.title,
            "legal_entity": self.publisher.legal_entity,
            "contact": self.contact or self.publisher.contact,
            "promise": to_record(self.recorded_promise),
        }

    def outline(self):
        """The clauses as a version's hash takes them: [key, level, number, text sha256] each."""
        return [
            [str(c.key), c.level, c.number, text_sha256(c.heading, c.body)]
            for c in self.ordered_clauses()
        ]

    def draft_sha256(self):
        """Hash of all that a Version would freeze of this draft; what a proposal binds to."""
        language = self.locale.language_code
        return digest({"language": language, **self.details(), "clauses": self.outline()})

    def save(self, *args, update_fields=None, **kwargs):
        """Refuses what would let Wagtail decide what is public.

        Before the first announcement a draft's title and slug may reach the row;
        going live may not. From then on nothing that binds may change.
        """
        if self._state.adding:
            self._take_publisher_from_parent()
        self._refuse_wagtail_publishing(update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)

    def _take_publisher_from_parent(self):
        if self.publisher_id is None:
            self.publisher = self.get_parent().specific.publisher

    def _refuse_wagtail_publishing(self, update_fields):
        if self.go_live_at or self.expire_at:
            raise WagtailPublishingRefused()
        if self._state.adding:
            if self.live:
                raise WagtailPublishingRefused()
            return
        watched = [
            field
            for field in (BINDING_FIELDS if self.is_announced else ("live",))
            if update_fields is None or field.removesuffix("_id") in update_fields
        ]
        stored = type(self).objects.filter(pk=self.pk).values(*BINDING_FIELDS).get()
        if any(getattr(self, field) != stored[field] for field in watched):
            raise WagtailPublishingRefused()
