"""The list of policies, and one policy's clauses."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from documents import queries, wording
from documents.actions.import_policy import import_policy
from documents.actions.set_promise import set_promise
from documents.errors import LegalCMSError
from documents.importing.decoding import MAX_BYTES
from documents.models import Policy
from documents.models.promises import PromiseSetting
from documents.permissions import publishers_for
from documents.promises import HOUSE_PROMISE, Basis, Channel, Promise, Trigger
from legalcms import clock

from .base import PolicyScreen
from .forms import PromiseForm, UploadForm


class PolicyList(WagtailAdminTemplateMixin, TemplateView):
    """All policies of the publishers on whose team this user is."""

    template_name = "documents/workspace/policies.html"
    page_title = gettext_lazy("Policies")
    header_icon = "doc-full"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        publishers = publishers_for(self.request.user)
        now = clock.now()
        rows = [
            {
                "policy": policy,
                "current": queries.in_force(policy, now),
                "pending": (pending := queries.pending(policy, now)),
                "pending_state": pending and pending.publication.state(now),
            }
            for policy in Policy.objects.filter(publisher__in=publishers)
            .select_related("publisher")
            .order_by("publisher__name", "title")
        ]
        pages = {publisher: publisher.pages.first() for publisher in publishers.order_by("name")}
        return super().get_context_data(**kwargs) | {"rows": rows, "pages": pages}


class Outline(PolicyScreen, TemplateView):
    """The clauses of the draft, with what differs from the text in force."""

    template_name = "documents/workspace/outline.html"
    page_title = gettext_lazy("Clauses")

    def get_context_data(self, **kwargs):
        now = clock.now()
        redline = queries.draft_redline(self.policy, now)
        current = queries.in_force(self.policy, now)
        pending = queries.pending(self.policy, now)
        setting = getattr(self.policy, "promise_setting", None)
        promise = setting.promise if setting else HOUSE_PROMISE
        return super().get_context_data(**kwargs) | {
            "changes": redline.changes,
            "redline": redline,
            "current": current,
            "pending": pending,
            "pending_state": pending and pending.publication.state(now),
            "promise_words": wording.promise_sentence(promise),
            "basis_words": wording.basis_sentence(promise),
        }


class Import(PolicyScreen, FormView):
    """Replace the draft by a file."""

    act = "edit"
    template_name = "documents/workspace/form.html"
    page_title = gettext_lazy("Import a file")
    form_class = UploadForm

    def form_valid(self, form):
        upload = form.cleaned_data["file"]
        try:
            done = import_policy(
                policy=self.policy,
                data=upload.read(MAX_BYTES + 1),
                name=upload.name,
                by=self.request.user,
            )
        except LegalCMSError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("%(total)s clauses: %(kept)s recognised, %(added)s new, %(removed)s gone.")
            % {
                "total": len(done.outline.clauses),
                "kept": done.kept,
                "added": done.added,
                "removed": done.removed,
            },
        )
        return redirect(self.url("outline"))

    def get_context_data(self, **kwargs):
        lead = _(
            "The clauses of the file replace those of the draft. A clause that is recognised "
            "keeps its identity and its history. The text in force is not touched."
        )
        return super().get_context_data(**kwargs) | {"submit": _("Import"), "lead": lead}


class EditPromise(PolicyScreen, FormView):
    """What this policy promises about its own changes."""

    act = "publish"
    template_name = "documents/workspace/form.html"
    page_title = gettext_lazy("Promise")
    form_class = PromiseForm

    def get_form_kwargs(self):
        setting = PromiseSetting.objects.filter(policy=self.policy).first()
        clauses = self.draft.ordered_clauses()
        return super().get_form_kwargs() | {"instance": setting, "clauses": clauses}

    def form_valid(self, form):
        data = form.cleaned_data
        promise = Promise(
            Trigger(data["trigger"]),
            Channel(data["channel"]),
            data["notice_days"],
            Basis(str(data["clause_key"] or ""), data["words"], data["interpretation_by"]),
        )
        try:
            set_promise(policy=self.policy, promise=promise, by=self.request.user)
        except LegalCMSError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The promise is recorded for versions to come."))
        return redirect(self.url("outline"))

    def get_context_data(self, **kwargs):
        lead = _(
            "What the policy says about its own changes. It binds from the next version on: "
            "a change is judged by the promise in force, never by the one that it brings."
        )
        return super().get_context_data(**kwargs) | {"submit": _("Save"), "lead": lead}
