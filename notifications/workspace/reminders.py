"""Send the yearly reminder of one policy: shows what and to how many, then asks."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from documents.errors import LegalCMSError
from documents.models import Policy
from documents.permissions import may
from legalcms import clock
from notifications import audiences, reminders
from notifications.actions.open_reminder import open_reminder

from .recipients import RecipientForm


class Remind(RecipientForm):
    template_name = "notifications/workspace/remind.html"
    page_title = gettext_lazy("Yearly reminder")
    form_class = forms.Form

    def is_allowed(self):
        return may(self.request.user, "publish", self.publisher)

    @cached_property
    def policy(self):
        found = Policy.objects.filter(publisher=self.publisher).select_related("publisher")
        return get_object_or_404(found, slug=self.kwargs["policy"])

    @cached_property
    def start_url(self):
        return reverse("documents_workspace:outline", args=[self.policy.pk])

    def form_valid(self, form):
        try:
            open_reminder(policy=self.policy, by=self.request.user)
        except LegalCMSError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The reminder is on its way."))
        return redirect(self.start_url)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "policy": self.policy,
            "owed": reminders.owed(self.policy, clock.now()),
            "people": audiences.for_policy(self.policy).count(),
        }
