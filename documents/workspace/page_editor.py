"""Wagtail's own editor of a policy: title, kind and contact; and what compares its drafts."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import HeaderButton

from documents.models import Policy
from documents.permissions import may

from .comparisons import CompareRevisions


class EditPolicyPage(EditView):
    @property
    def header_buttons(self):
        ways = [("view", "outline", _("Clauses"), "list-ul")]
        ways += [("publish", "publish", _("Publish version"), "check")]
        return [
            HeaderButton(label, self.screen(name), icon_name=icon, priority=place)
            for place, (act, name, label, icon) in enumerate(ways)
            if may(self.request.user, act, self.page.publisher)
        ]

    def screen(self, name):
        return reverse(f"documents_workspace:{name}", args=[self.page.pk])


class PolicyPages(PageViewSet):
    model = Policy
    edit_view_class = EditPolicyPage
    revisions_compare_view_class = CompareRevisions
