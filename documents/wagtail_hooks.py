"""How the workspace hangs in Wagtail's admin."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import HeaderButton

from documents.models.policies import Policy
from documents.permissions import may, publishers_for


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


@hooks.register("register_page_header_buttons")
def policy_buttons(page, user, view_name, next_url=None):
    if not isinstance(page.specific_deferred, Policy):
        return
    policy = page.specific
    if may(user, "view", policy.publisher):
        url = reverse("documents_workspace:outline", args=[policy.pk])
        yield HeaderButton(_("Clauses"), url, icon_name="list-ul")
    if may(user, "publish", policy.publisher):
        url = reverse("documents_workspace:publish", args=[policy.pk])
        yield HeaderButton(_("Publish version"), url, icon_name="check")


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("documents.clause.edit", _("Edit clause"), _("Clause edited"))
    actions.register_action("documents.clause.insert", _("Insert clause"), _("Clause inserted"))
    actions.register_action("documents.clause.move", _("Move clause"), _("Clause moved"))
    actions.register_action("documents.clause.remove", _("Remove clause"), _("Clause removed"))
    actions.register_action("documents.import", _("Import"), _("Clauses imported from a file"))
    actions.register_action(
        "documents.version.publish", _("Publish version"), _("Version published")
    )
