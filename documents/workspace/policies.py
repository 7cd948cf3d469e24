"""The list of policies, and what belongs to one policy as a whole."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from documents import queries, wording
from documents.actions.import_policy import import_policy
from documents.actions.set_promise import set_promise
from documents.importing.decoding import MAX_BYTES
from documents.models import Policy
from documents.models.promises import PromiseSetting
from documents.permissions import may, publishers_for
from documents.promises import HOUSE_PROMISE, Basis, Channel, Promise, Trigger
from legalcms import clock

from .base import PolicyForm, PolicyScreen
from .forms import PromiseForm, UploadForm


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
        buttons = []
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
        if not self.policy.permissions_for_user(self.request.user).can_edit():
            return []
        pages = [
            ("wagtailadmin_pages:edit", _("Title, kind and contact"), "edit"),
            ("wagtailadmin_pages:history", _("History of the draft"), "history"),
        ]
        return [
            Button(label, reverse(name, args=[self.policy.pk]), icon_name=icon, priority=place)
            for place, (name, label, icon) in enumerate(pages)
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
        }


class Import(PolicyForm):
    """Replace the draft by a file."""

    act = "edit"
    page_title = gettext_lazy("Import a file")
    form_class = UploadForm
    submit = gettext_lazy("Import")

    def perform(self, data):
        upload = data["file"]
        return import_policy(
            policy=self.policy,
            data=upload.read(MAX_BYTES + 1),
            name=upload.name,
            by=self.request.user,
        )

    def success_message(self, done):
        return _("Imported. Clauses: %(kept)s recognised, %(added)s new, %(removed)s gone.") % {
            "kept": done.kept,
            "added": done.added,
            "removed": done.removed,
        }

    def lead(self):
        return _(
            "The clauses of the file replace those of the draft. A clause that is recognised "
            "keeps its identity and its history. The text in force is not touched."
        )


class EditPromise(PolicyForm):
    """What this policy promises about its own changes."""

    act = "publish"
    page_title = gettext_lazy("Promise")
    form_class = PromiseForm

    def get_form_kwargs(self):
        setting = PromiseSetting.objects.filter(policy=self.policy).first()
        clauses = self.draft.ordered_clauses()
        return super().get_form_kwargs() | {"instance": setting, "clauses": clauses}

    def perform(self, data):
        promise = Promise(
            Trigger(data["trigger"]),
            Channel(data["channel"]),
            data["notice_days"],
            Basis(str(data["clause_key"] or ""), data["words"], data["interpretation_by"]),
        )
        return set_promise(policy=self.policy, promise=promise, by=self.request.user)

    def success_message(self, setting):
        return _("The promise is recorded for versions to come.")

    def lead(self):
        return _(
            "What the policy says about its own changes. It binds from the next version on: "
            "a change is judged by the promise in force, never by the one that it brings."
        )
