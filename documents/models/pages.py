"""The pages above policies: the site's home and one page per publisher and language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from documents.errors import WagtailPublishingRefused

from .page_permissions import RetainedPageTester


class RetainedPage(Page):
    """A page that Wagtail may not publish, unpublish, move, copy or delete."""

    settings_panels = []
    promote_panels = [FieldPanel("slug")]

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return RetainedPageTester(user, self)

    def _refuse(self, *args, **kwargs):
        raise WagtailPublishingRefused()

    copy = _refuse
    create_alias = _refuse
    copy_for_translation = _refuse
    move = _refuse


class HomePage(RetainedPage):
    """The root of a site. Lists its publishers."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["documents.PublisherPage"]
    max_count = 1
    preview_modes = []

    class Meta:
        verbose_name = _("home page")


class PublisherPage(RetainedPage):
    """A publisher's page in one language. Lists its policies."""

    publisher = models.ForeignKey(
        "documents.Publisher", on_delete=models.PROTECT, related_name="pages"
    )

    parent_page_types = ["documents.HomePage"]
    subpage_types = ["documents.Policy"]
    preview_modes = []

    class Meta:
        verbose_name = _("publisher page")
