"""What every screen about a policy shares: who may open it, and the way back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from documents.errors import (
    DateInThePast,
    DateTooEarly,
    FileUnreadable,
    InvalidInput,
    LegalCMSError,
    NotFound,
    SignificanceTooLow,
)
from documents.models import Policy
from documents.permissions import may, publishers_for


class PolicyScreen(WagtailAdminTemplateMixin):
    """A screen about ``self.policy``. Other publishers' policies do not exist here."""

    act = "view"
    header_icon = "doc-full"

    def dispatch(self, request, *args, **kwargs):
        if not self.may(self.act):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotFound as error:
            raise Http404(str(error)) from error

    @cached_property
    def policy(self):
        allowed = Policy.objects.filter(publisher__in=publishers_for(self.request.user))
        return get_object_or_404(allowed.select_related("publisher"), pk=self.kwargs["pk"])

    @cached_property
    def draft(self):
        return self.policy.draft()

    def may(self, act):
        return may(self.request.user, act, self.policy.publisher)

    def url(self, name, *args):
        return reverse(f"documents_workspace:{name}", args=[self.policy.pk, *args])

    def get_page_subtitle(self):
        return self.draft.title

    def get_breadcrumbs_items(self):
        """Policies › this policy › this screen."""
        trail = [
            {"url": reverse("documents_workspace:policies"), "label": _("Policies")},
            {"url": self.url("outline"), "label": self.draft.title},
        ]
        return [*self.breadcrumbs_items, *trail, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "policy": self.policy,
            "draft": self.draft,
            "publisher": self.policy.publisher,
            "zone": self.policy.publisher.zone,
            "may_edit": self.may("edit"),
            "may_publish": self.may("publish"),
            "outline_url": self.url("outline"),
        }


class PolicyForm(PolicyScreen, FormView):
    """A screen whose form goes to one action, which may refuse it.

    Subclasses perform() it, name the success, and say where to go then.
    """

    template_name = "documents/workspace/form.html"
    submit = gettext_lazy("Save")

    def form_valid(self, form):
        self.form = form
        try:
            done = self.perform(form.cleaned_data)
        except LegalCMSError as error:
            return self.refuse(form, error)
        messages.success(self.request, self.success_message(done))
        return redirect(self.success_url(done))

    def refuse(self, form, error):
        """Say it next to the field that caused it, or above the form."""
        field = error.data["field"] if isinstance(error, InvalidInput) else BLAMED.get(type(error))
        if field in form.fields:
            form.add_error(field, capfirst(error.data.get("problem", str(error))))
        else:
            form.add_error(None, str(error))
        return self.form_invalid(form)

    def form_invalid(self, form):
        messages.validation_error(self.request, _("Nothing was changed."), form)
        return super().form_invalid(form)

    def success_url(self, done):
        return self.url("outline")

    def lead(self):
        """What the person should know before filling in the form."""
        return ""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "has_unsaved_changes": context["form"].is_bound,
            "lead": self.lead(),
            "submit": self.submit,
        }


def panels(name, request, about):
    """What other apps show on a screen, by the hook of this name."""
    return [panel for hook in hooks.get_hooks(name) for panel in hook(request, about)]


BLAMED = {
    DateInThePast: "effective_on",
    DateTooEarly: "effective_on",
    FileUnreadable: "file",
    SignificanceTooLow: "significance",
}
