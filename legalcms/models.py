"""User, image and file: Wagtail's and Django's own, ours to extend from the first migration."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class User(AbstractUser):
    """A member of staff. Readers and recipients are never users."""


class SiteImage(AbstractImage):
    admin_form_fields = WagtailImage.admin_form_fields


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]


class SiteFile(AbstractDocument):
    """A file for download, served at ``/files/``: "document" means a legal text here."""

    admin_form_fields = WagtailDocument.admin_form_fields
