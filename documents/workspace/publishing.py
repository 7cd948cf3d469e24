"""Publish version: what changes, what the promise demands, from when, and who will be told."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail import hooks

from documents import queries, wording
from documents.actions.propose_publication import propose_publication
from documents.actions.publish_version import publish_version
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.withdraw_publication import withdraw_publication
from documents.comparison import Significance
from documents.comparison.significance import highest
from documents.errors import LegalCMSError
from documents.models import Publication
from documents.models.publications import State
from documents.promises import earliest_effective_on, notice_required
from legalcms import clock

from .base import PolicyScreen
from .forms import NewDateForm, PublishForm, WithdrawForm


class PublishVersion(PolicyScreen, FormView):
    act = "publish"
    template_name = "documents/workspace/publish.html"
    page_title = gettext_lazy("Publish version")
    form_class = PublishForm

    @cached_property
    def redline(self):
        return queries.draft_redline(self.policy, clock.now())

    @cached_property
    def promise(self):
        return queries.promise_in_force(self.policy, clock.now())

    @cached_property
    def proposed(self):
        """The significance that the redline proposes."""
        return highest(self.redline)

    def earliest(self, significance):
        return earliest_effective_on(
            self.promise, significance, clock.now(), self.policy.publisher.zone
        )

    def get_initial(self):
        return {
            "significance": self.proposed.value,
            "effective_on": self.earliest(self.proposed),
            "draft_sha256": self.draft.draft_sha256(),
        }

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            with transaction.atomic():
                proposal = propose_publication(
                    policy=self.policy,
                    significance=Significance(data["significance"]),
                    summary=data["summary"],
                    draft_sha256=data["draft_sha256"],
                    effective_on=data["effective_on"],
                    by=self.request.user,
                )
                publication = publish_version(proposal_id=proposal.pk, by=self.request.user)
        except LegalCMSError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Version %(number)s is announced.") % {"number": publication.versions.get().number},
        )
        return redirect(self.url("publication", publication.pk))

    def get_context_data(self, **kwargs):
        now = clock.now()
        rules = [
            {
                "significance": significance,
                "earliest": self.earliest(significance),
                "why": wording.why_this_early(self.promise, significance),
                "told": notice_required(self.promise, significance),
            }
            for significance in reversed(Significance)
        ]
        return super().get_context_data(**kwargs) | {
            "redline": self.redline,
            "current": queries.in_force(self.policy, now),
            "pending": queries.pending(self.policy, now),
            "rules": rules,
            "proposed": self.proposed,
            "audience": queries.audience_size(self.policy),
        }


class PublicationScreen(PolicyScreen):
    """A screen about one publication of the policy."""

    @cached_property
    def publication(self):
        return get_object_or_404(
            Publication.objects.filter(versions__policy=self.policy), pk=self.kwargs["publication"]
        )

    def get_context_data(self, **kwargs):
        publication, now = self.publication, clock.now()
        state = publication.state(now)
        return super().get_context_data(**kwargs) | {
            "publication": publication,
            "version": publication.versions.get(),
            "state": state,
            "movable": state in {State.PENDING, State.HELD},
            "entries": publication.entries.order_by("seq"),
        }


class ShowPublication(PublicationScreen, TemplateView):
    """Where a publication stands, and why it is held if it is."""

    template_name = "documents/workspace/publication.html"
    page_title = gettext_lazy("Publication")

    def get_context_data(self, **kwargs):
        panels = [
            panel
            for hook in hooks.get_hooks("construct_publication_panels")
            for panel in hook(self.request, self.publication)
        ]
        return super().get_context_data(**kwargs) | {"panels": panels}


class ReschedulePublication(PublicationScreen, FormView):
    act = "publish"
    template_name = "documents/workspace/form.html"
    page_title = gettext_lazy("New date")
    form_class = NewDateForm

    @cached_property
    def earliest(self):
        now = clock.now()
        version, zone = self.publication.versions.get(), self.policy.publisher.zone
        promise = queries.promise_in_force(self.policy, now)
        announced = self.publication.effective_at.astimezone(zone).date()
        allowed = earliest_effective_on(promise, Significance(version.significance), now, zone)
        return max(announced, allowed)

    def get_initial(self):
        return {"effective_on": self.earliest}

    def form_valid(self, form):
        try:
            reschedule_publication(
                publication_id=self.publication.pk,
                effective_on=form.cleaned_data["effective_on"],
                by=self.request.user,
            )
        except LegalCMSError as error:
            form.add_error("effective_on", str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The new date is set, and everyone is told of it."))
        return redirect(self.url("publication", self.publication.pk))

    def get_context_data(self, **kwargs):
        lead = _("The earliest date is %(day)s. Everyone who must be told is told of it.") % {
            "day": wording.day(self.earliest)
        }
        return super().get_context_data(**kwargs) | {"submit": _("Set new date"), "lead": lead}


class WithdrawPublication(PublicationScreen, FormView):
    act = "publish"
    template_name = "documents/workspace/form.html"
    page_title = gettext_lazy("Withdraw")
    form_class = WithdrawForm

    def form_valid(self, form):
        try:
            withdraw_publication(
                publication_id=self.publication.pk,
                reason=form.cleaned_data["reason"],
                by=self.request.user,
            )
        except LegalCMSError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The publication is withdrawn."))
        return redirect(self.url("publication", self.publication.pk))

    def get_context_data(self, **kwargs):
        lead = _(
            "The text in force stays in force. The announced version keeps its number and is "
            "shown as withdrawn; whoever was told of it is told of this too."
        )
        return super().get_context_data(**kwargs) | {"submit": _("Withdraw"), "lead": lead}
