"""How recipients and notices hang in Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from documents.permissions import publishers_for

from .certificates.access import may_certify
from .workspace.panels import NoticePanel


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("recipients/", include("notifications.workspace.urls"))]


class RecipientsMenuItem(MenuItem):
    def is_shown(self, request):
        user = request.user
        return any(may_certify(user, each) for each in publishers_for(user))


@hooks.register("register_admin_menu_item")
def recipients_menu_item():
    url = reverse("notifications_workspace:publishers")
    return RecipientsMenuItem(_("Recipients"), url, name="recipients", icon_name="group", order=95)


@hooks.register("construct_publication_panels")
def notice_panel(request, publication):
    return [NoticePanel(publication)]
