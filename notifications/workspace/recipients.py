"""The recipients of one publisher: list, add, mark as left."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from documents.errors import LegalCMSError
from documents.permissions import may, publishers_for
from notifications.actions.add_recipients import add_recipients
from notifications.actions.leave import leave
from notifications.certificates.access import may_certify
from notifications.models import Recipient

from .forms import AddForm

PAGE_SIZE = 100


class PublisherList(WagtailAdminTemplateMixin, TemplateView):
    """For which publisher?"""

    template_name = "notifications/workspace/publishers.html"
    page_title = gettext_lazy("Recipients")
    header_icon = "group"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not self.publishers:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def publishers(self):
        user = self.request.user
        return [
            publisher
            for publisher in publishers_for(user).order_by("name")
            if may_certify(user, publisher)
        ]

    def get_context_data(self, **kwargs):
        people = Recipient.objects.to_be_told()
        rows = [
            (publisher, start_url(self.request.user, publisher), people.filter(publisher=publisher))
            for publisher in self.publishers
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}


def start_url(user, publisher):
    """The list of people for those who manage it; else the way to one person’s certificate."""
    name = "recipients" if may(user, "manage_recipients", publisher) else "find"
    return reverse(f"notifications_workspace:{name}", args=[publisher.slug])


class RecipientScreen(WagtailAdminTemplateMixin):
    """A screen about the recipients of ``self.publisher``; others' do not exist here."""

    page_title = gettext_lazy("Recipients")
    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self):
        return may(self.request.user, "manage_recipients", self.publisher)

    @cached_property
    def start_url(self):
        return start_url(self.request.user, self.publisher)

    @cached_property
    def publisher(self):
        return get_object_or_404(publishers_for(self.request.user), slug=self.kwargs["publisher"])

    @cached_property
    def person(self):
        """Of screens about one person."""
        people = Recipient.objects.filter(publisher=self.publisher, erased_at__isnull=True)
        return get_object_or_404(people, pk=self.kwargs["pk"])

    def url(self, name, *args):
        return reverse(f"notifications_workspace:{name}", args=[self.publisher.slug, *args])

    def get_page_subtitle(self):
        return self.publisher.name

    def get_breadcrumbs_items(self):
        """Recipients › this publisher."""
        everyone = {"url": reverse("notifications_workspace:publishers"), "label": _("Recipients")}
        publisher = {"url": self.start_url, "label": self.publisher.name}
        return [*self.breadcrumbs_items, everyone, publisher]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "publisher": self.publisher,
            "go_back_url": self.start_url,
        }


class RecipientList(RecipientScreen, TemplateView):
    template_name = "notifications/workspace/recipients.html"

    @property
    def header_buttons(self):
        return [
            HeaderButton(_("Add people"), self.url("add"), icon_name="plus"),
            HeaderButton(_("Export as CSV"), self.url("export"), icon_name="download"),
        ]

    def get_context_data(self, **kwargs):
        form = SearchForm(self.request.GET, placeholder=_("Search addresses and names"))
        wanted = form.cleaned_data["q"] if form.is_valid() else ""
        people = Recipient.objects.filter(publisher=self.publisher, erased_at__isnull=True)
        if wanted:
            people = people.filter(
                Q(email__icontains=wanted) | Q(name__icontains=wanted) | Q(external_id=wanted)
            )
        page = Paginator(people.order_by("pk"), PAGE_SIZE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "wanted": wanted,
            "search_form": form,
            "index_results_url": self.url("results"),
            "recipients_url": self.url("recipients"),
        }


class RecipientResults(RecipientList):
    """The list alone, for Wagtail's search as you type."""

    template_name = "notifications/workspace/_results.html"


class RecipientForm(RecipientScreen, FormView):
    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def form_invalid(self, form):
        messages.validation_error(self.request, _("Nothing was changed."), form)
        return super().form_invalid(form)


class AddRecipients(RecipientForm):
    template_name = "notifications/workspace/add.html"
    page_title = gettext_lazy("Add people")
    form_class = AddForm

    def form_valid(self, form):
        people = form.cleaned_data["people"]
        try:
            added = add_recipients(publisher=self.publisher, people=people, by=self.request.user)
        except LegalCMSError as error:
            form.add_error("people", str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.success_message(added, len(people) - added))
        return redirect(self.url("recipients"))

    def success_message(self, added, known):
        words = ngettext("%(n)s person added.", "%(n)s people added.", added) % {"n": added}
        if known:
            words += " " + ngettext(
                "%(n)s line names somebody who is in the list already.",
                "%(n)s lines name somebody who is in the list already.",
                known,
            ) % {"n": known}
        return words


class MarkAsLeft(RecipientForm):
    """Asks first: from then on this person is told nothing."""

    template_name = "notifications/workspace/left.html"
    page_title = gettext_lazy("Has left")
    form_class = forms.Form

    def form_valid(self, form):
        leave(recipient_id=self.person.pk, by=self.request.user)
        messages.success(
            self.request, _("%(person)s will get no further notices.") % {"person": self.person}
        )
        return redirect(self.url("recipients"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"person": self.person}
