"""One person among the recipients: what we hold, its history, and what may be done."""

import logging

from django import forms
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from documents.errors import InvalidInput, LegalCMSError
from notifications import recipient_csv
from notifications.actions.edit_recipient import EDITABLE, edit_recipient
from notifications.actions.erase_recipient import erase_recipient
from notifications.actions.suppress_recipient import lift_suppression, suppress_recipient
from notifications.models import Recipient

from .recipients import RecipientForm, RecipientScreen

logger = logging.getLogger("notifications")
SHOWN = 50  # states of the past


class PersonForm(forms.ModelForm):
    class Meta:
        model = Recipient
        fields = EDITABLE

    def _post_clean(self):
        """The action checks, under its lock; the form alone would race with a file coming in."""


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Without anything that names the person."),
    )


class PersonAct(RecipientForm):
    """A form about one person that goes to one action, which may refuse it."""

    form_class = forms.Form
    template_name = "notifications/workspace/act.html"

    def form_valid(self, form):
        try:
            self.perform(form.cleaned_data)
        except LegalCMSError as error:
            field = error.data.get("field") if isinstance(error, InvalidInput) else None
            form.add_error(
                field if field in form.fields else None, error.data.get("problem", str(error))
            )
            return self.form_invalid(form)
        messages.success(self.request, self.success_message)
        return redirect(self.success_url())

    def success_url(self):
        return self.url("person", self.person.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "person": self.person,
            "lead": self.lead % {"person": self.person.email, "publisher": self.publisher.name},
            "submit": self.submit,
            "go_back_url": self.url("person", self.person.pk),
        }


class EditPerson(PersonAct):
    template_name = "notifications/workspace/person.html"
    page_title = gettext_lazy("Recipient")
    form_class = PersonForm
    success_message = gettext_lazy("Saved.")
    submit = gettext_lazy("Save")
    lead = ""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.person}

    def perform(self, values):
        edit_recipient(recipient_id=self.person.pk, values=values, by=self.request.user)

    def get_context_data(self, **kwargs):
        past = self.person.history.select_related("history_user").order_by("-history_id")
        return super().get_context_data(**kwargs) | {
            "past": past[:SHOWN],
            "follows": self.person.follows.active().select_related("policy"),
            "zone": self.publisher.zone,
            "go_back_url": self.start_url,
        }


class Suppress(PersonAct):
    page_title = gettext_lazy("Stop writing to")
    form_class = ReasonForm
    success_message = gettext_lazy("Nothing more is sent to this address.")
    submit = gettext_lazy("Stop writing")
    lead = gettext_lazy(
        "From now on nothing is sent to %(person)s, not even what %(publisher)s owes by its "
        "promise. Notices count this person as left out, with the reason."
    )

    def perform(self, values):
        suppress_recipient(
            recipient_id=self.person.pk, reason=values["reason"], by=self.request.user
        )


class Lift(PersonAct):
    page_title = gettext_lazy("Write again to")
    success_message = gettext_lazy("This address is written to again.")
    submit = gettext_lazy("Write again")
    lead = gettext_lazy("%(person)s is told again, from the next notice on.")

    def perform(self, values):
        lift_suppression(recipient_id=self.person.pk, by=self.request.user)


class Erase(PersonAct):
    page_title = gettext_lazy("Erase")
    success_message = gettext_lazy("Erased. What proves that somebody was told stays.")
    submit = gettext_lazy("Yes, erase for good")
    lead = gettext_lazy(
        "Address, name and id of %(person)s are erased from every table, from the history too. "
        "This cannot be undone. The lines of proof stay, without the person; backups and mails "
        "that were sent are out of reach."
    )

    def perform(self, values):
        erase_recipient(recipient_id=self.person.pk, by=self.request.user)

    def success_url(self):
        return self.url("recipients")


class Export(RecipientScreen, View):
    """Everyone who is to be told, as CSV, some lines at a time."""

    def get(self, request, **kwargs):
        people = Recipient.objects.to_be_told().filter(
            publisher=self.publisher, purged_at__isnull=True
        )
        lines = recipient_csv.lines(people.order_by("pk").iterator(chunk_size=2000))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        name = f"recipients-{self.publisher.slug}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        patch_cache_control(response, private=True, no_store=True)
        who, whose = request.user.pk, self.publisher.pk
        logger.info("User %s read the recipients of publisher %s", who, whose)
        return response
