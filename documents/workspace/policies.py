"""The list of policies, and what belongs to one policy as a whole."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from documents import queries, wording
from documents.actions.restore_version import restore_version
from documents.actions.set_promise import set_promise
from documents.actions.set_publisher_rules import set_publisher_rules
from documents.models import Policy, Version
from documents.models.promises import PromiseSetting
from documents.permissions import may, publishers_for
from documents.promises import HOUSE_PROMISE, AudienceRole
from legalcms import clock

from .base import PolicyForm, PolicyScreen
from .forms import RulesForm
from .promise_forms import PromiseForm, initial_of


class PolicyList(WagtailAdminTemplateMixin, TemplateView):
    """All policies of the publishers on whose team this user is."""

    template_name = "documents/workspace/policies.html"
    page_title = gettext_lazy("Policies")
    header_icon = "doc-full"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        publishers = publishers_for(self.request.user).order_by("name")
        shelves = [self.shelf(publisher) for publisher in publishers]
        return super().get_context_data(**kwargs) | {"shelves": shelves}

    def shelf(self, publisher):
        """One publisher with its policies, and what this user may do with them."""
        user, now = self.request.user, clock.now()
        page = publisher.pages.first()
        return {
            "publisher": publisher,
            "page": page if page and page.permissions_for_user(user).can_add_subpage() else None,
            "may_publish": may(user, "publish", publisher),
            "rows": [
                {
                    "policy": policy,
                    "current": queries.in_force(policy, now),
                    "pending": (pending := queries.pending(policy, now)),
                    "state": pending and pending.publication.state(now),
                }
                for policy in Policy.objects.filter(publisher=publisher).order_by("title")
            ],
        }


class Outline(PolicyScreen, TemplateView):
    """The clauses of the draft, with what differs from the text in force."""

    template_name = "documents/workspace/outline.html"
    page_title = gettext_lazy("Clauses")

    def get_breadcrumbs_items(self):
        """This screen is the policy's own."""
        *trail, policy, _screen = super().get_breadcrumbs_items()
        return [*trail, policy | {"url": ""}]

    @property
    def header_buttons(self):
        url = self.url("review")
        buttons = [HeaderButton(_("Review changes"), url, icon_name="view", priority=5)]
        if self.may("publish"):
            url = self.url("publish")
            buttons.append(HeaderButton(_("Publish version"), url, icon_name="check", priority=10))
        if self.may("edit"):
            url = self.url("insert")
            buttons.append(HeaderButton(_("New clause"), url, icon_name="plus", priority=20))
            url = self.url("import")
            buttons.append(HeaderButton(_("Import a file"), url, icon_name="upload", priority=30))
        return buttons

    @property
    def header_more_buttons(self):
        ways = [("documents_workspace:story", _("Story"), "history")]
        if self.policy.permissions_for_user(self.request.user).can_edit():
            ways += [
                ("wagtailadmin_pages:edit", _("Title, kind and contact"), "edit"),
                ("wagtailadmin_pages:history", _("History of the draft"), "history"),
            ]
        if self.may("publish") and self.policy.is_announced:
            ways.append(("documents_workspace:removal", _("Remove a text by order"), "bin"))
        return [
            Button(label, reverse(name, args=[self.policy.pk]), icon_name=icon, priority=place)
            for place, (name, label, icon) in enumerate(ways)
        ]

    def get_context_data(self, **kwargs):
        now = clock.now()
        redline = queries.draft_redline(self.draft, now)
        current = queries.in_force(self.policy, now)
        pending = queries.pending(self.policy, now)
        setting = getattr(self.policy, "promise_setting", None)
        promise = setting.promise if setting else HOUSE_PROMISE
        kept = [change for change in redline.changes if change.new]
        return super().get_context_data(**kwargs) | {
            "changes": redline.changes,
            "first": kept[0] if kept else None,
            "last": kept[-1] if kept else None,
            "redline": redline,
            "current": current,
            "is_in_force": current and current.draft_sha256 == self.draft.draft_sha256(),
            "pending": pending,
            "state": pending and pending.publication.state(now),
            "promise_words": wording.promise_sentence(promise),
            "basis_words": wording.basis_sentence(promise),
            "edited": queries.cited_clauses_edited(self.draft),
            "proposal": queries.proposals(self.policy).first(),
        }


class EditPromise(PolicyForm):
    """What this policy promises about its own changes, and which statutory rules it keeps."""

    act = "publish"
    template_name = "documents/workspace/promise.html"
    page_title = gettext_lazy("Promise")
    form_class = PromiseForm

    @cached_property
    def setting(self):
        return PromiseSetting.objects.filter(policy=self.policy).first()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"clauses": self.draft.ordered_clauses()}

    def get_initial(self):
        if self.setting is None:
            return {"audience": [role.value for role in AudienceRole]}
        return initial_of(self.setting.promise, self.setting.presets)

    def perform(self, data):
        return set_promise(
            policy=self.policy,
            promise=data["promise"],
            presets=data["presets"],
            by=self.request.user,
        )

    def success_message(self, setting):
        return _("The promise is recorded for versions to come.")

    def lead(self):
        return _(
            "What the policy says about its own changes. It binds from the next version on: "
            "a change is judged by the promise in force, never by the one that it brings."
        )

    def get_context_data(self, **kwargs):
        edited = queries.cited_clauses_edited(self.draft)
        return super().get_context_data(**kwargs) | {"edited": edited, "setting": self.setting}


class RestoreVersion(PolicyForm):
    """Make an earlier text the draft again; asks first."""

    act = "edit"
    template_name = "documents/workspace/confirm.html"
    page_title = gettext_lazy("Start from an earlier text")
    form_class = forms.Form
    submit = gettext_lazy("Yes, make it the draft")

    @cached_property
    def version(self):
        return get_object_or_404(Version, policy=self.policy, number=self.kwargs["number"])

    def perform(self, data):
        return restore_version(policy=self.policy, version=self.version, by=self.request.user)

    def success_message(self, draft):
        return _("The draft is now the text of version %(number)s.") % {
            "number": self.version.number
        }

    def lead(self):
        return _(
            "Replace the draft by the text of version %(number)s? Every clause keeps its identity. "
            "What stands in the draft now stays in its history, and a version that is announced "
            "is not touched."
        ) % {"number": self.version.number}


class PublisherRules(WagtailAdminTemplateMixin, FormView):
    """The rules that a publisher's team works under; administrators only."""

    template_name = "documents/workspace/form.html"
    page_title = gettext_lazy("Rules")
    header_icon = "cog"
    form_class = RulesForm

    def dispatch(self, request, *args, **kwargs):
        if self.publisher and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def publisher(self):
        return get_object_or_404(publishers_for(self.request.user), slug=self.kwargs["publisher"])

    def get_page_subtitle(self):
        return self.publisher.name

    def get_breadcrumbs_items(self):
        policies = {"url": reverse("documents_workspace:policies"), "label": _("Policies")}
        return [*self.breadcrumbs_items, policies, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.publisher}

    def form_valid(self, form):
        data = form.cleaned_data
        set_publisher_rules(publisher_id=self.publisher.pk, by=self.request.user, **data)
        messages.success(self.request, _("The rules are set."))
        return redirect("documents_workspace:policies")

    def get_context_data(self, **kwargs):
        lead = _("Each change of these rules is an entry of the evidence log.")
        return super().get_context_data(**kwargs) | {"lead": lead, "submit": _("Save")}
