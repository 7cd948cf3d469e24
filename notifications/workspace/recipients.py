"""The recipients of one publisher: list, add, mark as left."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from documents.errors import LegalCMSError
from documents.permissions import may, publishers_for
from notifications.actions.add_recipients import add_recipients
from notifications.actions.leave import leave
from notifications.models import Recipient

PAGE_SIZE = 100


class AddForm(forms.Form):
    addresses = forms.CharField(
        label=gettext_lazy("Add people"),
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "ada@example.org, Ada Lovelace"}),
        max_length=100_000,
        help_text=gettext_lazy("One person a line: e-mail address, then a comma and the name."),
    )

    def people(self):
        lines = self.cleaned_data["addresses"].splitlines()
        pairs = (line.partition(",") for line in lines if line.strip())
        return [(email.strip(), name.strip()) for email, _comma, name in pairs]


class RecipientScreen(WagtailAdminTemplateMixin):
    """A screen about the recipients of ``self.publisher``; others' do not exist here."""

    page_title = gettext_lazy("Recipients")
    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        if not may(request.user, "manage_recipients", self.publisher):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def publisher(self):
        return get_object_or_404(publishers_for(self.request.user), slug=self.kwargs["publisher"])

    @property
    def address(self):
        return reverse("notifications_workspace:recipients", args=[self.publisher.slug])

    def get_breadcrumbs_items(self):
        trail = [
            {"url": reverse("notifications_workspace:publishers"), "label": self.page_title},
            {"url": "", "label": self.publisher.name},
        ]
        return [*self.breadcrumbs_items, *trail]


class PublisherList(WagtailAdminTemplateMixin, TemplateView):
    """For which publisher?"""

    template_name = "notifications/workspace/publishers.html"
    page_title = gettext_lazy("Recipients")
    header_icon = "group"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = [
            (publisher, Recipient.objects.to_be_told().filter(publisher=publisher).count())
            for publisher in publishers_for(user).order_by("name")
            if may(user, "manage_recipients", publisher)
        ]
        return super().get_context_data(**kwargs) | {"rows": rows}


class RecipientList(RecipientScreen, FormView):
    template_name = "notifications/workspace/recipients.html"
    form_class = AddForm

    def form_valid(self, form):
        try:
            added = add_recipients(
                publisher=self.publisher, people=form.people(), by=self.request.user
            )
        except LegalCMSError as error:
            form.add_error("addresses", str(error))
            return self.form_invalid(form)
        messages.success(
            self.request,
            ngettext("%(n)s person added.", "%(n)s people added.", added) % {"n": added},
        )
        return redirect(self.address)

    def get_context_data(self, **kwargs):
        people = Recipient.objects.filter(publisher=self.publisher, erased_at__isnull=True)
        page = Paginator(people.order_by("pk"), PAGE_SIZE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {"page": page, "publisher": self.publisher}


class MarkAsLeft(RecipientScreen, View):
    http_method_names = ["post"]

    def post(self, request, publisher, pk):
        person = get_object_or_404(Recipient, publisher=self.publisher, pk=pk)
        leave(recipient_id=person.pk, by=request.user)
        messages.success(request, _("This person will get no further notices."))
        return redirect(self.address)
