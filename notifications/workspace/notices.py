"""Notices under way: how far each has come, and what a publisher may do with it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from documents.errors import LegalCMSError
from documents.models import Version
from documents.permissions import may, publishers_for
from legalcms import clock
from notifications import breaker
from notifications.actions.cancel_notice import cancel_notice
from notifications.actions.pause_notice import pause_notice, resume_notice
from notifications.actions.retry_notice import retry_notice
from notifications.models import Notice
from notifications.progress import progress_of

PAGE_SIZE = 50


def notices_for(user):
    """Those of the publishers on whose teams a user is, newest first."""
    versions = Prefetch(
        "publication__versions", Version.objects.select_related("policy"), to_attr="all_versions"
    )
    return (
        Notice.objects.filter(publication__publisher__in=publishers_for(user))
        .select_related("publication__publisher")
        .prefetch_related(versions)
        .order_by("-opened_at", "-pk")
    )


def title_of(notice):
    """Such as “Privacy, version 3: Announcement”."""
    version = notice.publication.all_versions[0]
    return _("%(policy)s, version %(number)s: %(kind)s") % {
        "policy": version.title,
        "number": version.number,
        "kind": notice.get_kind_display(),
    }


class NoticeList(WagtailAdminTemplateMixin, TemplateView):
    template_name = "notifications/workspace/notices.html"
    page_title = gettext_lazy("Notices")
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if not publishers_for(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        pages = Paginator(notices_for(self.request.user), PAGE_SIZE)
        page = pages.get_page(self.request.GET.get("p"))
        found = progress_of(page.object_list, clock.now())
        rows = [(each, title_of(each), found[each.pk]) for each in page.object_list]
        return super().get_context_data(**kwargs) | {
            "page": page,
            "rows": rows,
            "list_url": reverse("notices_workspace:notices"),
        }


class NoticeScreen(WagtailAdminTemplateMixin):
    """About one notice. Those of other publishers do not exist."""

    act = "view"
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self):
        return may(self.request.user, self.act, self.publisher)

    @cached_property
    def notice(self):
        return get_object_or_404(notices_for(self.request.user), pk=self.kwargs["notice"])

    @property
    def publisher(self):
        return self.notice.publication.publisher

    def url(self, name):
        return reverse(f"notices_workspace:{name}", args=[self.notice.pk])

    def get_page_title(self):
        return self.page_title or title_of(self.notice)

    def get_page_subtitle(self):
        return self.publisher.name

    def get_breadcrumbs_items(self):
        everything = {"url": reverse("notices_workspace:notices"), "label": _("Notices")}
        this = {"url": self.url("notice"), "label": title_of(self.notice)}
        items = [*self.breadcrumbs_items, everything, this]
        return [*items, {"url": "", "label": self.page_title}] if self.page_title else items

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "notice": self.notice,
            "publisher": self.publisher,
            "zone": self.publisher.zone,
        }


class ShowNotice(NoticeScreen, TemplateView):
    template_name = "notifications/workspace/notice.html"
    page_title = ""

    @property
    def header_buttons(self):
        return [HeaderButton(_("Gap report"), self.url("gaps"), icon_name="list-ul")]

    def get_context_data(self, **kwargs):
        publication = self.notice.publication
        policy = publication.all_versions[0].policy
        return super().get_context_data(**kwargs) | {
            "progress": progress_of([self.notice], clock.now())[self.notice.pk],
            "breaker": breaker.current(breaker.SERVER, self.publisher.sender_email),
            "message": self.notice.messages.first(),
            "may_steer": may(self.request.user, "publish", self.publisher),
            "publication_url": reverse(
                "documents_workspace:publication", args=[policy.pk, publication.pk]
            ),
        }


class NoticeProgress(ShowNotice):
    """The part of the page that changes, for its script."""

    template_name = "notifications/workspace/_notice_progress.html"


class SteerNotice(NoticeScreen, View):
    """Does one thing, and goes back to the notice. Answers POST alone."""

    act = "publish"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            messages.success(request, self.perform())
        except LegalCMSError as error:
            messages.error(request, str(error))
        return redirect(self.url("notice"))


class PauseNotice(SteerNotice):
    def perform(self):
        pause_notice(notice_id=self.notice.pk, by=self.request.user)
        return _("Paused. Its deadline stays: a version whose notice is late is held.")


class ResumeNotice(SteerNotice):
    def perform(self):
        resume_notice(notice_id=self.notice.pk, by=self.request.user)
        return _("It goes on.")


class RetryNotice(SteerNotice):
    def perform(self):
        count = retry_notice(notice_id=self.notice.pk, by=self.request.user)
        return ngettext(
            "%(n)s mail that was put off is tried now.",
            "%(n)s mails that were put off are tried now.",
            count,
        ) % {"n": count}


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


class CancelNotice(NoticeScreen, FormView):
    act = "publish"
    template_name = "documents/workspace/form.html"
    page_title = gettext_lazy("Cancel this notice")
    form_class = CancelForm

    def form_valid(self, form):
        reason = form.cleaned_data["reason"]
        try:
            cancel_notice(notice_id=self.notice.pk, reason=reason, by=self.request.user)
        except LegalCMSError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("Cancelled. Nothing more of it is sent."))
        return redirect(self.url("notice"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "submit": _("Cancel this notice"),
            "lead": _(
                "Nothing more of it is sent, for good. A version that waits for it is held: it "
                "takes effect only with a new date, of which everyone is told."
            ),
        }
