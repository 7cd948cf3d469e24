"""The demo's mails in the browser, for administrators: among them are mails that reset passwords.

Hooked in by legalcms/wagtail_hooks.py under development settings alone.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from notifications.sandbox import sandboxed

from . import mailbox


class MailScreen(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class MailList(MailScreen):
    template_name = "demo/mails.html"
    page_title = gettext_lazy("Mails of the demo")

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        mails, total = mailbox.newest()
        return super().get_context_data(**kwargs) | {"mails": mails, "total": total}


class ShowMail(MailScreen):
    template_name = "demo/mail.html"

    @cached_property
    def mail(self):
        found = mailbox.kept(self.kwargs["name"])
        if found is None:
            raise Http404
        return found

    def get(self, request, *args, **kwargs):
        if "html" in request.GET:
            return sandboxed(self.mail.html)
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        return self.mail.subject or _("Mail without a subject")

    def get_breadcrumbs_items(self):
        everything = {"url": reverse("demo_mails:list"), "label": MailList.page_title}
        return [*self.breadcrumbs_items, everything, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"mail": self.mail}


app_name = "demo_mails"
urlpatterns = [
    path("", MailList.as_view(), name="list"),
    path("<slug:name>/", ShowMail.as_view(), name="mail"),
]
