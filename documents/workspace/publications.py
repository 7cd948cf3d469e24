"""One publication: where it stands, why it is held, a new date, withdrawal."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.widgets.button import HeaderButton

from documents import queries, wording
from documents.actions.append_entry import SYSTEM
from documents.actions.reschedule_publication import first_later_day, reschedule_publication
from documents.actions.withdraw_publication import withdraw_publication
from documents.comparison import Significance
from documents.models import Actor, Publication
from documents.models.publications import HoldReasonChoice, State
from documents.promises import earliest_effective_on
from legalcms import clock

from .base import PolicyForm, PolicyScreen
from .forms import NewDateForm, WithdrawForm

HOLD_REASONS = dict(HoldReasonChoice.choices)


class PublicationScreen(PolicyScreen):
    """A screen about one publication of the policy."""

    @cached_property
    def publication(self):
        return get_object_or_404(
            Publication.objects.filter(versions__policy=self.policy), pk=self.kwargs["publication"]
        )

    @cached_property
    def version(self):
        return self.publication.versions.get(policy=self.policy)

    @cached_property
    def publication_url(self):
        return self.url("publication", self.publication.pk)

    def version_title(self):
        return _("Version %(number)s") % {"number": self.version.number}

    def get_breadcrumbs_items(self):
        *trail, screen = super().get_breadcrumbs_items()
        return [*trail, {"url": self.publication_url, "label": self.version_title()}, screen]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "publication": self.publication,
            "version": self.version,
        }


class ShowPublication(PublicationScreen, TemplateView):
    """Where a publication stands, and why it is held if it is."""

    template_name = "documents/workspace/publication.html"

    @cached_property
    def state(self):
        return self.publication.state(clock.now())

    def get_page_title(self):
        return self.version_title()

    def get_breadcrumbs_items(self):
        *trail, _screen = super().get_breadcrumbs_items()
        return trail

    @property
    def header_buttons(self):
        if self.state not in {State.PENDING, State.HELD} or not self.may("publish"):
            return []
        date, withdraw = (
            self.url(name, self.publication.pk) for name in ("reschedule", "withdraw")
        )
        return [
            HeaderButton(_("New date"), date, icon_name="calendar-alt", priority=10),
            HeaderButton(_("Withdraw"), withdraw, icon_name="cross", priority=20),
        ]

    def panels(self):
        """What other apps show about a publication."""
        return [
            panel
            for hook in hooks.get_hooks("construct_publication_panels")
            for panel in hook(self.request, self.publication)
        ]

    def entries(self):
        """The evidence log's lines about this publication, each with who did it."""
        entries = self.publication.entries.order_by("seq")
        keys = {entry.actor for entry in entries} - {SYSTEM}
        actors = {str(key): actor for key, actor in Actor.objects.in_bulk(keys).items()}
        return [
            {
                "entry": entry,
                "what": entry.kind.replace(".", " ").capitalize(),
                "who": actors.get(entry.actor, _("the system")),
                "why": self.why(entry),
            }
            for entry in entries
        ]

    def why(self, entry):
        """The reason of one line, in words. The log holds no more than a hash of a free text."""
        if entry.kind == "publication.withdrawn":
            return self.publication.withdrawal_reason
        return HOLD_REASONS.get(why := entry.payload.get("reason", ""), why)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "state": self.state,
            "entries": self.entries(),
            "panels": self.panels(),
        }


class PublicationForm(PublicationScreen, PolicyForm):
    """A form that moves a publication."""

    act = "publish"

    def get_page_subtitle(self):
        names = {"title": self.version.title, "number": self.version.number}
        return _("%(title)s, version %(number)s") % names

    def success_url(self, done):
        return self.publication_url


class ReschedulePublication(PublicationForm):
    page_title = gettext_lazy("New date")
    form_class = NewDateForm
    submit = gettext_lazy("Set new date")

    @cached_property
    def earliest(self):
        now, zone = clock.now(), self.policy.publisher.zone
        promise = queries.promise_in_force(self.policy, now)
        significance = Significance(self.version.significance)
        allowed = earliest_effective_on(promise, significance, now, zone)
        return max(allowed, first_later_day(self.publication, now))

    def get_initial(self):
        return {"effective_on": self.earliest}

    def perform(self, data):
        return reschedule_publication(
            publication_id=self.publication.pk,
            effective_on=data["effective_on"],
            by=self.request.user,
        )

    def success_message(self, publication):
        if publication.notice_required:
            return _("The new date is set, and everyone is told of it.")
        return _("The new date is set.")

    def lead(self):
        words = _("The earliest date is %(day)s.") % {"day": wording.day(self.earliest)}
        if self.publication.notice_required:
            words += " " + _("Everyone who must be told is told of the new date.")
        return words


class WithdrawPublication(PublicationForm):
    page_title = gettext_lazy("Withdraw")
    form_class = WithdrawForm
    submit = gettext_lazy("Withdraw this version")

    def perform(self, data):
        return withdraw_publication(
            publication_id=self.publication.pk, reason=data["reason"], by=self.request.user
        )

    def success_message(self, publication):
        number = self.version.number
        return _("Version %(number)s is withdrawn.") % {"number": number}

    def lead(self):
        return _(
            "The text in force stays in force. The announced version keeps its number and is "
            "shown as withdrawn; whoever was told of it is told of this too."
        )
