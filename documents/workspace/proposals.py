"""A proposal on its way to be announced: what it binds, who approved it, and what comes next."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from documents import queries, wording
from documents.actions.approve_proposal import approve_proposal
from documents.actions.discard_proposal import discard_proposal
from documents.actions.propose_publication import plan_of
from documents.actions.publish_version import publish_version
from documents.actions.requirements import is_approved, needs_second_person
from documents.models import Actor, Publication
from documents.models.publications import GroundChoice, State
from documents.models.versions import SignificanceChoice
from documents.promises import TELLING, preset
from legalcms import clock

from .base import PolicyForm, PolicyScreen, panels


class ProposalScreen(PolicyScreen):
    """A screen about one proposal of the policy; once it is announced it is a publication."""

    @cached_property
    def proposal(self):
        return get_object_or_404(
            Publication,
            pk=self.kwargs["publication"],
            publisher=self.policy.publisher,
            proposal__policy=str(self.policy.key),
            announced_at__isnull=True,
        )

    @cached_property
    def proposal_url(self):
        return self.url("proposal", self.proposal.pk)

    def get_breadcrumbs_items(self):
        *trail, screen = super().get_breadcrumbs_items()
        return [*trail, {"url": self.proposal_url, "label": _("Proposal")}, screen]


class ShowProposal(ProposalScreen, TemplateView):
    """What is proposed, with the redline that it would bring, and where its approval stands."""

    template_name = "documents/workspace/proposal.html"
    page_title = gettext_lazy("Proposal")

    def get_breadcrumbs_items(self):
        *trail, _screen = super().get_breadcrumbs_items()
        return trail

    @cached_property
    def state(self):
        return self.proposal.state(clock.now())

    @cached_property
    def is_stale(self):
        return self.draft.draft_sha256() != self.proposal.proposal["draft_sha256"]

    @cached_property
    def needs_approval(self):
        return needs_second_person(self.proposal, clock.now()) and not is_approved(self.proposal)

    @property
    def is_mine(self):
        actor = Actor.objects.filter(user=self.request.user).first()
        return actor is not None and actor.key == self.proposal.proposed_by

    @property
    def header_buttons(self):
        if self.state != State.PROPOSED:
            return []
        ways = []
        if self.may("approve") and self.needs_approval and not self.is_mine and not self.is_stale:
            ways.append(("proposal_approve", _("Approve"), "check"))
        if self.may("publish") and not self.needs_approval and not self.is_stale:
            ways.append(("proposal_publish", _("Publish version"), "check"))
        if self.may("publish"):
            ways.append(("proposal_discard", _("Discard"), "cross"))
        return [
            HeaderButton(label, self.url(name, self.proposal.pk), icon_name=icon, priority=place)
            for place, (name, label, icon) in enumerate(ways)
        ]

    def get_context_data(self, **kwargs):
        proposal, now = self.proposal.proposal, clock.now()
        plan = plan_of(proposal)
        approvals = list(self.proposal.approvals.all())
        keys = {self.proposal.proposed_by, *(each.approved_by for each in approvals)}
        actors = Actor.objects.in_bulk(keys)
        redline = queries.draft_redline(self.draft, now)
        titles = {(c.new or c.old).key: c for c in redline.changed}
        exception = proposal["exception"]
        return super().get_context_data(**kwargs) | {
            "panels": panels("construct_proposal_panels", self.request, self.policy),
            "proposal": self.proposal,
            "state": self.state,
            "is_stale": self.is_stale,
            "is_mine": self.is_mine,
            "needs_approval": self.needs_approval,
            "proposed_by": actors.get(self.proposal.proposed_by),
            "approvals": [(each, actors.get(each.approved_by)) for each in approvals],
            "effect": wording.chosen_day(plan.effect, self.policy.publisher.zone),
            "significance": SignificanceChoice(plan.significance.value).label,
            "tells": bool(TELLING.intersection(plan.channels)),
            "channels": ", ".join(str(wording.CHANNEL_WORDS[each]) for each in plan.channels),
            "audience": queries.audience_size(self.policy),
            "presets": [preset(each).law for each in proposal["presets"]],
            "exception": exception and GroundChoice(exception["ground"]).label,
            "affected": [titles[key] for key in exception["affected"] if key in titles]
            if exception
            else [],
            "redline": redline,
            "current": queries.in_force(self.policy, now),
        }


class DecideProposal(ProposalScreen, PolicyForm):
    """Asks first."""

    template_name = "documents/workspace/form.html"
    form_class = forms.Form

    def success_url(self, done):
        return self.proposal_url


class ApproveProposal(DecideProposal):
    """A second person's yes, through Wagtail's workflow where one is under way."""

    act = "approve"
    page_title = gettext_lazy("Approve")
    submit = gettext_lazy("Approve this proposal")

    class form_class(forms.Form):  # noqa: N801 - as Django names it
        proposal_sha256 = forms.CharField(widget=forms.HiddenInput)

    def get_initial(self):
        return {"proposal_sha256": self.proposal.proposal_sha256}

    def perform(self, data):
        approval = approve_proposal(
            proposal_id=self.proposal.pk,
            proposal_sha256=data["proposal_sha256"],
            by=self.request.user,
        )
        state = self.policy.current_workflow_state
        if state is not None:
            state.current_task_state.approve(user=self.request.user)
        return approval

    def success_message(self, approval):
        return _("Approved. It can be published as it stands.")

    def lead(self):
        return _(
            "You approve this text with this date, these channels and this summary. Any change "
            "of them voids your approval. It stands under your name in the evidence log."
        )


class PublishProposal(DecideProposal):
    act = "publish"
    page_title = gettext_lazy("Publish version")
    submit = gettext_lazy("Publish version")

    def perform(self, data):
        return publish_version(proposal_id=self.proposal.pk, by=self.request.user)

    def success_message(self, publication):
        number = publication.versions.get().number
        return _("Version %(number)s is announced.") % {"number": number}

    def success_url(self, publication):
        return self.url("publication", publication.pk)

    def lead(self):
        return _(
            "The text is frozen and announced, and whoever must be told is told. It can be "
            "withdrawn until it takes effect, but its number and its text stay on record."
        )


class DiscardProposal(DecideProposal):
    act = "publish"
    page_title = gettext_lazy("Discard")
    submit = gettext_lazy("Discard this proposal")

    def perform(self, data):
        return discard_proposal(proposal_id=self.proposal.pk, by=self.request.user)

    def success_message(self, proposal):
        return _("The proposal is discarded. The draft stays as it is.")

    def success_url(self, proposal):
        return self.url("outline")

    def lead(self):
        return _("The draft stays as it is, and whoever should have approved is no longer asked.")
