"""How the workspace hangs in Wagtail's admin."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from documents.models import Policy, Publisher, PublisherPage
from documents.permissions import publishers_for
from documents.workspace.page_editor import PolicyPages


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("policies/", include("documents.workspace.urls"))]


class PoliciesMenuItem(MenuItem):
    def is_shown(self, request):
        return publishers_for(request.user).exists()


@hooks.register("register_admin_menu_item")
def policies_menu_item():
    url = reverse("documents_workspace:policies")
    return PoliciesMenuItem(_("Policies"), url, name="policies", icon_name="doc-full", order=90)


@hooks.register("insert_global_admin_css")
def workspace_css():
    return format_html('<link rel="stylesheet" href="{}">', static("documents/workspace.css"))


@hooks.register("register_admin_viewset")
def policy_pages():
    return PolicyPages()


@hooks.register("construct_page_chooser_queryset")
def own_pages_to_choose(pages, request):
    """A team links to its own pages: Wagtail’s chooser would show everybody’s drafts."""
    others = Publisher.objects.exclude(pk__in=publishers_for(request.user))
    hidden = [
        *Policy.objects.filter(publisher__in=others).values_list("pk", flat=True),
        *PublisherPage.objects.filter(publisher__in=others).values_list("pk", flat=True),
    ]
    return pages.exclude(pk__in=hidden) if hidden else pages


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("documents.clause.edit", _("Edit clause"), _("Clause edited"))
    actions.register_action("documents.clause.insert", _("Insert clause"), _("Clause inserted"))
    actions.register_action("documents.clause.move", _("Move clause"), _("Clause moved"))
    actions.register_action("documents.clause.remove", _("Remove clause"), _("Clause removed"))
    actions.register_action("documents.import", _("Import"), _("Clauses imported from a file"))
    actions.register_action(
        "documents.restore",
        _("Start from an earlier text"),
        _("An earlier text made the draft again"),
    )
    actions.register_action(
        "documents.rebase",
        _("Bring back"),
        _("The announced change brought back on top of an urgent fix"),
    )
    actions.register_action("documents.removal", _("Remove by order"), _("Text removed by order"))
    actions.register_action(
        "documents.version.publish", _("Publish version"), _("Version published")
    )
