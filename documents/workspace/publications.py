"""One publication: where it stands, why it is held, a new date, withdrawal."""

import zoneinfo

from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, HeaderButton

from documents import queries, wording
from documents.actions import motions
from documents.actions.hold_publication import hold_publication
from documents.actions.override_date import ask_earlier_date, confirm_earlier_date
from documents.actions.reschedule_publication import announced_plan, reschedule_publication
from documents.actions.sign_off_failures import sign_off_failures
from documents.actions.timetable import earliest_effect
from documents.actions.withdraw_publication import withdraw_publication
from documents.errors import LegalCMSError, NothingToSignOff
from documents.models import Actor, Motion, Publication
from documents.models.approvals import MotionKind
from documents.models.publications import State
from documents.promises import Effect, zone_drift
from documents.story import lines_of
from legalcms import clock

from .base import PolicyForm, PolicyScreen, panels
from .forms import EarlierDateForm, NewDateForm, ReasonForm


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
        ways = [
            ("reschedule", _("New date"), "calendar-alt"),
            ("withdraw", _("Withdraw"), "cross"),
        ]
        if self.state == State.PENDING:
            ways.append(("hold", _("Hold"), "lock"))
        if self.waits_for_signature:
            ways.insert(0, ("sign_off", _("Sign for the failures"), "edit"))
        return [
            HeaderButton(label, self.url(name, self.publication.pk), icon_name=icon, priority=place)
            for place, (name, label, icon) in enumerate(ways)
        ]

    @property
    def header_more_buttons(self):
        ways = []
        if self.state in {State.PENDING, State.HELD} and self.may("publish"):
            ways.append(("earlier_date", _("Earlier than the promise allows"), "warning"))
        if self.may("audit"):
            ways.append(("evidence", _("Evidence"), "download"))
        return [
            Button(label, self.url(name, self.publication.pk), icon_name=icon, priority=10 + place)
            for place, (name, label, icon) in enumerate(ways)
        ]

    @property
    def waits_for_signature(self):
        publication = self.publication
        asked = publication.sign_off_asked_at and not publication.cleared_at
        return asked and self.state == State.PENDING

    def panels(self):
        """What other apps show about a publication."""
        return panels("construct_publication_panels", self.request, self.publication)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "state": self.state,
            "lines": lines_of(self.publication, self.policy),
            "panels": self.panels(),
            "waits_for_signature": self.waits_for_signature,
            "drift": self.drift(),
            "motions": self.motions(),
        }

    def drift(self):
        """How far zone rules that changed since have moved the wall clock of the effect."""
        publication = self.publication
        zone = zoneinfo.ZoneInfo(publication.time_zone or publication.publisher.time_zone)
        return zone_drift(publication.effective_at, publication.effective_local, zone)

    def motions(self):
        """Motions about this publication, each with who asked and whether this user may decide."""
        actors = Actor.objects.in_bulk({each.asked_by for each in self.publication.motions.all()})
        mine = Actor.objects.filter(user=self.request.user).values_list("key", flat=True)
        return [
            {
                "motion": motion,
                "effect": wording.chosen_day(
                    Effect.parse(motion.terms.get("effective", "")), self.publication.publisher.zone
                ),
                "who": actors.get(motion.asked_by),
                "is_mine": motion.asked_by in mine,
                "is_open": motion.settled_at is None and self.may("publish"),
            }
            for motion in self.publication.motions.all()
        ]


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
        """The first day that leaves everyone the promised notice, counted from now."""
        now, zone = clock.now(), self.policy.publisher.zone
        plan, presets = (
            announced_plan(self.publication),
            self.publication.proposal.get("presets", []),
        )
        effect = earliest_effect(self.policy, plan.significance, presets, now, plan.ground)
        return effect.on or now.astimezone(zone).date()

    def get_initial(self):
        return {"effective_on": self.earliest}

    def perform(self, data):
        return reschedule_publication(
            publication_id=self.publication.pk,
            effect=self.form.effect,
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


class AskEarlierDate(PublicationForm):
    """Asks for a date that the promise does not allow; another person decides."""

    page_title = gettext_lazy("Earlier than the promise allows")
    form_class = EarlierDateForm
    submit = gettext_lazy("Ask another person to decide")

    def perform(self, data):
        return ask_earlier_date(
            publication_id=self.publication.pk,
            effect=self.form.effect,
            reason=data["reason"],
            by=self.request.user,
        )

    def success_message(self, motion):
        return _("Asked. Another person with the role Publisher must confirm it.")

    def lead(self):
        return _(
            "The change would take effect without the notice that was promised. If another person "
            "confirms it, the public page says so and gives your reason, the record says that the "
            "promise was not kept, and everyone is told of the new date."
        )


class HoldPublication(PublicationForm):
    page_title = gettext_lazy("Hold")
    form_class = ReasonForm
    submit = gettext_lazy("Hold this version")

    def perform(self, data):
        return hold_publication(
            publication_id=self.publication.pk, reason=data["reason"], by=self.request.user
        )

    def success_message(self, publication):
        return _("Version %(number)s is held.") % {"number": self.version.number}

    def lead(self):
        return _(
            "It does not take effect until it is given a new date, of which everyone is told. "
            "Notices that are being sent stop."
        )


class SignOffFailures(PublicationForm):
    page_title = gettext_lazy("Sign for the failures")
    form_class = ReasonForm
    submit = gettext_lazy("Sign")

    def perform(self, data):
        return sign_off_failures(
            publication_id=self.publication.pk, reason=data["reason"], by=self.request.user
        )

    def success_message(self, publication):
        return _("Signed. The version takes effect on its date.")

    def lead(self):
        evidence = queries.clearance_evidence(self.publication)
        counted = evidence.mail if evidence else None
        if counted is None:
            return NothingToSignOff.message
        if not counted.planned:
            return _("Nobody was to be told. Say why the change may take effect all the same.")
        return _(
            "%(failed)s of %(planned)s people could not be told, more than goes without an answer. "
            "Say why the change may take effect all the same; it stands under your name."
        ) % {"failed": counted.failed, "planned": counted.planned}


class WithdrawPublication(PublicationForm):
    page_title = gettext_lazy("Withdraw")
    form_class = ReasonForm
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


class DecideMotion(PublicationScreen, View):
    """Carries a motion out, or refuses it; answers POST alone."""

    act = "publish"
    http_method_names = ["post"]

    def post(self, request, pk, publication, motion, answer):
        found = get_object_or_404(
            Motion, pk=motion, publication=self.publication, kind=MotionKind.EARLIER_DATE
        )
        try:
            if answer == "confirm":
                confirm_earlier_date(motion_id=found.pk, by=request.user)
                messages.success(request, _("Confirmed. Everyone is told of the new date."))
            else:
                motions.refuse(motion_id=found.pk, by=request.user)
                messages.success(request, _("Refused. Nothing changes."))
        except LegalCMSError as error:
            messages.error(request, str(error))
        return redirect(self.publication_url)
