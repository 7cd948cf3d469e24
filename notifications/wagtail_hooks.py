"""How recipients and notices hang in Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from documents.permissions import publishers_for

from .certificates.access import may_certify
from .workspace.home_panels import RemindersPanel, TroublesPanel
from .workspace.message_panels import MessagesPanel, NextMessagePanel
from .workspace.panels import NoticePanel


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("recipients/", include("notifications.workspace.urls")),
        path("notices/", include("notifications.workspace.notice_urls")),
        path("notices/", include("notifications.workspace.message_urls")),
    ]


class NoticesMenuItem(MenuItem):
    def is_shown(self, request):
        return publishers_for(request.user).exists()


@hooks.register("register_admin_menu_item")
def notices_menu_item():
    url = reverse("notices_workspace:notices")
    return NoticesMenuItem(_("Notices"), url, name="notices", icon_name="mail", order=92)


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
    return [NoticePanel(publication, request.user), MessagesPanel(publication)]


@hooks.register("construct_proposal_panels")
def next_message_panel(request, policy):
    return [NextMessagePanel(policy)]


@hooks.register("construct_homepage_panels")
def home_panels(request, panels):
    panels.extend([TroublesPanel(request.user), RemindersPanel(request.user)])
