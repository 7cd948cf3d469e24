"""Review: how much each change of the draft matters, judged one by one."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from documents import judging, queries
from documents.actions.decide_significance import confirm_decision, decide_significance
from documents.comparison import Significance
from documents.comparison.references import stale_references
from documents.models import Actor, SignificanceDecision
from documents.models.versions import SignificanceChoice
from legalcms import clock

from .base import PolicyForm, PolicyScreen

MAX_REASON = 2_000


class Review(PolicyScreen, TemplateView):
    """All changes against the text in force, each with its significance, and why."""

    template_name = "documents/workspace/review.html"
    page_title = gettext_lazy("Review of changes")

    def get_context_data(self, **kwargs):
        now = clock.now()
        redline = queries.draft_redline(self.draft, now)
        judged = queries.judged_changes(self.draft, now)
        decided = [each.decision for each in judged if each.decision]
        actors = Actor.objects.in_bulk({one.decided_by for one in decided})
        return super().get_context_data(**kwargs) | {
            "current": queries.in_force(self.policy, now),
            "judged": [
                (each, each.decision and actors.get(each.decision.decided_by)) for each in judged
            ],
            "highest": judging.highest(judged),
            "waiting": sum(decision.is_waiting for decision in decided),
            "stale": stale_references(redline),
            "may_approve": self.may("approve"),
        }


class JudgeForm(forms.Form):
    level = forms.ChoiceField(label=gettext_lazy("Significance"), choices=SignificanceChoice)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For your team and whoever approves; it is not published."),
    )
    change_sha256 = forms.CharField(widget=forms.HiddenInput)


class JudgeChange(PolicyForm):
    """One change: what it is, what is proposed and why, and what this person decides."""

    act = "edit"
    template_name = "documents/workspace/judge.html"
    page_title = gettext_lazy("Judge a change")
    form_class = JudgeForm

    @cached_property
    def judgement(self):
        key = str(self.kwargs.get("key", judging.DETAILS))
        for each in queries.judged_changes(self.draft, clock.now()):
            if each.key == key:
                return each
        raise Http404

    def get_initial(self):
        decision = self.judgement.decision
        return {
            "level": decision.level if decision else self.judgement.level.value,
            "reason": decision.reason if decision else "",
            "change_sha256": self.judgement.change_sha256,
        }

    def perform(self, data):
        return decide_significance(
            policy=self.policy,
            key=self.judgement.key,
            change_sha256=data["change_sha256"],
            level=Significance(data["level"]),
            reason=data["reason"],
            by=self.request.user,
        )

    def success_message(self, decision):
        if decision.is_waiting:
            return _("Noted. It counts as material until a second person confirms your decision.")
        return _("Decided.")

    def success_url(self, decision):
        return self.url("review")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"judgement": self.judgement}


class ConfirmDecision(PolicyForm):
    """A second person's yes to calling a material change less than that."""

    act = "approve"
    page_title = gettext_lazy("Confirm a decision")
    form_class = forms.Form
    submit = gettext_lazy("Confirm")

    @cached_property
    def decision(self):
        return get_object_or_404(
            SignificanceDecision, policy=self.policy, pk=self.kwargs["decision"]
        )

    def perform(self, data):
        return confirm_decision(decision_id=self.decision.pk, by=self.request.user)

    def success_message(self, decision):
        return _("Confirmed.")

    def success_url(self, decision):
        return self.url("review")

    def lead(self):
        return _(
            "The comparison calls this change material. Your colleague calls it “%(level)s”, "
            "because: %(reason)s Confirm it only if you have read the change yourself."
        ) % {"level": self.decision.get_level_display(), "reason": self.decision.reason}
