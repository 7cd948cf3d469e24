"""What every screen about a policy shares: who may open it, and the way back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from documents.errors import NotFound
from documents.models import Policy
from documents.permissions import may, publishers_for


class PolicyScreen(WagtailAdminTemplateMixin):
    """A screen about ``self.policy``. Other publishers' policies do not exist here."""

    act = "view"
    header_icon = "doc-full"

    def dispatch(self, request, *args, **kwargs):
        if not may(request.user, self.act, self.policy.publisher):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotFound as error:
            raise Http404(str(error)) from error

    @cached_property
    def policy(self):
        allowed = Policy.objects.filter(publisher__in=publishers_for(self.request.user))
        return get_object_or_404(allowed.select_related("publisher"), pk=self.kwargs["pk"])

    @cached_property
    def draft(self):
        return self.policy.draft()

    def url(self, name, *args):
        return reverse(f"documents_workspace:{name}", args=[self.policy.pk, *args])

    def get_breadcrumbs_items(self):
        """Policies › this policy › this screen."""
        trail = [
            {"url": reverse("documents_workspace:policies"), "label": _("Policies")},
            {"url": self.url("outline"), "label": self.draft.title},
        ]
        return [*self.breadcrumbs_items, *trail, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        user, publisher = self.request.user, self.policy.publisher
        return super().get_context_data(**kwargs) | {
            "policy": self.policy,
            "draft": self.draft,
            "publisher": publisher,
            "zone": publisher.zone,
            "may_edit": may(user, "edit", publisher),
            "may_publish": may(user, "publish", publisher),
        }
