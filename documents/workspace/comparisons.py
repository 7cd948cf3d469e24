"""Any two texts of a policy and what differs: drafts, versions, the text in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.models import RevisionsCompareView as WagtailCompareView
from wagtail.admin.views.pages.revisions import RevisionsCompareView

from documents import judging, queries, wording
from documents.arranging import arrange
from documents.comparison import ClauseState, compare
from documents.models import Policy
from documents.viewing import Viewing
from legalcms import clock

from .base import PolicyScreen

MAX_EARLIER = 200  # drafts to choose from
DRAFT, IN_FORCE = "draft", "in-force"


@dataclass(frozen=True)
class Text:
    """One side of a comparison.

    details: what it says outside its clauses, by name. What only one of two
    texts has a detail for is not compared.
    """

    label: str
    clauses: tuple[ClauseState, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """Two texts of a policy for the template.

    viewing: how they are to be seen. name: keeps the anchors of two on one page apart.
    """

    policy: Policy
    old: Text
    new: Text
    viewing: Viewing
    name: str = ""

    @cached_property
    def redline(self):
        return compare(self.old.clauses, self.new.clauses)

    @cached_property
    def arrangement(self):
        levels = judging.levels(self.policy, self.redline)
        return arrange(
            self.redline, self.viewing.level, self.viewing.is_whole, self.name, levels=levels
        )

    @property
    def choices(self):
        return self.viewing.choices(self.arrangement.levels)

    @property
    def sides(self):
        return (self.old.label, self.new.label) if self.viewing.has_sides else None

    @cached_property
    def details(self):
        """What differs outside the clauses: (what, old, new) of each."""
        new = self.new.details
        return [
            (what, old, new[what])
            for what, old in self.old.details.items()
            if what in new and old != new[what]
        ]


def of_draft(draft, label, is_latest=True):
    """A draft. What an earlier one promised is not part of its revision, and not compared."""
    details = {
        _("Title"): draft.title,
        _("Slug"): draft.slug,
        _("Kind"): draft.get_kind_display(),
        _("Contact"): draft.contact or draft.publisher.contact,
    }
    if is_latest:
        details |= _details(draft.publisher.legal_entity, draft.recorded_promise)
    return Text(label, draft.states(), details)


def of_revision(revision, label):
    draft = revision.as_object()
    return of_draft(draft, label, revision.pk == draft.latest_revision_id)


def of_version(version, label):
    details = {_("Title"): version.title, _("Contact"): version.contact}
    details |= _details(version.legal_entity, version.promise)
    return Text(label, version.clauses(), details)


def of_text_in_force(policy):
    """A text without clauses, if none is in force."""
    version = queries.in_force(policy, clock.now())
    if version is None:
        return Text(_("no text in force"))
    return of_version(version, _("version %(number)s (in force)") % {"number": version.number})


def _details(legal_entity, promise):
    return {
        _("Legal entity"): legal_entity,
        _("How changes are told"): wording.promise_sentence(promise),
    }


def revision_words(revision, zone):
    """When a draft was saved and by whom, to the second: edits follow each other quickly."""
    at = date_format(revision.created_at.astimezone(zone), "j F Y, H:i:s", use_l10n=False)
    return f"{at} ({revision.user})" if revision.user else at


class CompareRevisions(RevisionsCompareView):
    """Two drafts out of the history of a policy, in place of Wagtail’s comparison of fields.

    Who may look is Wagtail’s to decide: its checks run before anything here.
    "live" is the text in force, for that is what the public reads.
    """

    template_name = "documents/workspace/comparison.html"

    def get_context_data(self, **kwargs):
        texts = self.text(self.revision_id_a), self.text(self.revision_id_b)
        comparison = Comparison(self.object, *texts, Viewing(self.request.GET.dict()))
        # Past Wagtail's own, which would compare the fields.
        return super(WagtailCompareView, self).get_context_data(**kwargs) | {
            "object": self.object,
            "comparisons": [comparison],
            "history_url": self.get_history_url(),
            "language": self.object.locale.language_code,
        }

    def text(self, asked):
        if asked == "live":
            return of_text_in_force(self.object)
        revisions = self.object.revisions.order_by("created_at", "id").select_related("user")
        if asked in {"earliest", "latest"}:
            revision = revisions.first() if asked == "earliest" else revisions.last()
            if revision is None:
                raise Http404
        else:
            revision = get_object_or_404(revisions, id=asked)
        words = revision_words(revision, self.object.publisher.zone)
        return of_revision(revision, _("the draft of %(saved)s") % {"saved": words})


class TextsForm(forms.Form):
    """Which texts to compare."""

    old = forms.ChoiceField(label=gettext_lazy("From"))
    new = forms.ChoiceField(label=gettext_lazy("To"))
    earlier = forms.ChoiceField(
        label=gettext_lazy("And the draft against an earlier draft"),
        required=False,
        help_text=gettext_lazy("Beside the first comparison, where that one leads to the draft."),
    )

    def __init__(self, *args, texts, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old"].choices = self.fields["new"].choices = texts
        self.fields["earlier"].choices = earlier


class ComparePolicy(PolicyScreen, TemplateView):
    """Any two of the draft, the text in force and all versions.

    The draft is also compared with an earlier draft, the last one unless
    another is asked for, so that both are seen: what readers will find new,
    and what is new since somebody last looked.
    """

    template_name = "documents/workspace/comparison.html"
    page_title = gettext_lazy("Compare")

    @cached_property
    def earlier(self):
        """The drafts before this one, newest first, without their contents."""
        newest = self.policy.revisions.order_by("-created_at", "-id").select_related("user")
        return newest.defer("content").exclude(pk=self.policy.latest_revision_id)[:MAX_EARLIER]

    @cached_property
    def texts(self):
        """Name in the address → label, of each text to choose."""
        numbers = queries.history(self.policy).values_list("number", flat=True)
        return {
            DRAFT: _("the draft"),
            IN_FORCE: _("the text in force"),
            **{str(n): _("version %(number)s") % {"number": n} for n in numbers},
        }

    @cached_property
    def form(self):
        zone = self.policy.publisher.zone
        earlier = [(str(each.pk), revision_words(each, zone)) for each in self.earlier]
        usual = {"old": IN_FORCE, "new": DRAFT, "earlier": earlier[0][0] if earlier else ""}
        return TextsForm(
            usual | self.request.GET.dict(),
            texts=[*self.texts.items()],
            earlier=[("", _("none")), *earlier],
        )

    def comparisons(self):
        """Empty where the form cannot be understood: it says why."""
        if not self.form.is_valid():
            return []
        asked = self.form.cleaned_data
        new = self.text(asked["new"])
        viewing = Viewing(self.request.GET.dict())
        found = [Comparison(self.policy, self.text(asked["old"]), new, viewing)]
        if asked["new"] == DRAFT and asked["earlier"]:
            revision = self.policy.revisions.get(pk=asked["earlier"])
            words = revision_words(revision, self.policy.publisher.zone)
            label = _("the draft of %(saved)s") % {"saved": words}
            earlier = of_revision(revision, label)
            found.append(Comparison(self.policy, earlier, new, viewing, name="earlier-"))
        return found

    def text(self, name):
        if name == DRAFT:
            return of_draft(self.draft, self.texts[DRAFT])
        if name == IN_FORCE:
            return of_text_in_force(self.policy)
        version = queries.version_numbered(self.policy, int(name))
        return of_version(version, self.texts[name])

    def get_context_data(self, **kwargs):
        may_edit_page = self.policy.permissions_for_user(self.request.user).can_edit()
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "comparisons": self.comparisons(),
            "language": self.policy.locale.language_code,
            "history_url": may_edit_page
            and reverse("wagtailadmin_pages:history", args=[self.policy.pk]),
        }
