"""What only the demo has in Wagtail's admin. With production settings nothing of it exists."""

from django.conf import settings
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class DemoMailsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser


def admin_urls():
    return [path("demo-mails/", include("legalcms.demo.screens"))]


def menu_item():
    url = reverse("demo_mails:list")
    return DemoMailsMenuItem(_("Mails of the demo"), url, icon_name="mail", order=96)


if getattr(settings, "DEMO_ALLOWED", False):
    hooks.register("register_admin_urls", admin_urls)
    hooks.register("register_admin_menu_item", menu_item)
