"""Review: how much each change of the draft matters, judged one by one."""

from django import forms
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from documents import judging, queries
from documents.actions.decide_significance import confirm_decision, decide_significance
from documents.comparison import Significance
from documents.comparison.references import stale_references
from documents.errors import StaleChange
from documents.models import Actor
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
        current = queries.in_force(self.policy, now)
        redline = queries.draft_redline(self.draft, now)
        judged = judging.judgements(self.policy, redline, current, self.draft)
        decided = [each.decision for each in judged if each.decision]
        actors = Actor.objects.in_bulk({one.decided_by for one in decided})
        return super().get_context_data(**kwargs) | {
            "current": current,
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


class JudgementForm(PolicyForm):
    """A form about ``self.judgement``, which it shows."""

    template_name = "documents/workspace/judge.html"

    @cached_property
    def judgement(self):
        for each in queries.judged_changes(self.draft, clock.now()):
            if self.is_meant(each):
                return each
        raise Http404

    def refuse(self, form, error):
        """Where the change is another by now, that is what is shown, and what the form is about."""
        if isinstance(error, StaleChange):
            form.data = form.data.copy() | {self.seen: self.get_initial()[self.seen]}
        return super().refuse(form, error)

    def success_url(self, decision):
        return self.url("review")

    def get_context_data(self, **kwargs):
        decision = self.judgement.decision
        return super().get_context_data(**kwargs) | {
            "judgement": self.judgement,
            "actor": decision and Actor.objects.filter(key=decision.decided_by).first(),
        }


class JudgeChange(JudgementForm):
    """One change: what it is, what is proposed and why, and what this person decides."""

    act = "edit"
    page_title = gettext_lazy("Judge a change")
    form_class = JudgeForm
    seen = "change_sha256"

    def is_meant(self, judgement):
        return judgement.key == str(self.kwargs.get("key", judging.DETAILS))

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

    def lead(self):
        return _(
            "If you call a material change less than that, a second person must confirm it before "
            "it counts."
        )


class ConfirmForm(forms.Form):
    decided_at = forms.DateTimeField(widget=forms.HiddenInput)


class ConfirmDecision(JudgementForm):
    """A second person's yes to calling a material change less than that."""

    act = "approve"
    page_title = gettext_lazy("Confirm a decision")
    form_class = ConfirmForm
    submit = gettext_lazy("Confirm")
    seen = "decided_at"

    def is_meant(self, judgement):
        return judgement.decision and judgement.decision.pk == self.kwargs["decision"]

    def get_initial(self):
        return {"decided_at": self.judgement.decision.decided_at.isoformat()}

    def perform(self, data):
        return confirm_decision(
            decision_id=self.judgement.decision.pk,
            decided_at=data["decided_at"],
            by=self.request.user,
        )

    def success_message(self, decision):
        return _("Confirmed.")

    def lead(self):
        return _(
            "The comparison calls this change material, and your colleague less than that. "
            "Confirm it only if you agree: the version may then go without the notice that a "
            "material change needs."
        )
