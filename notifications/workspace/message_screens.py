"""The mail that people get, before and after it is sent: plain, with its formatting, and as a test.

Before, it is rendered anew for each look; after, it is what is stored.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from documents.errors import LegalCMSError
from documents.models import Publication
from documents.promises import Channel
from documents.workspace.base import PolicyScreen
from legalcms import clock
from notifications.actions.send_trial import send_trial
from notifications.messages import fill, languages, render
from notifications.messages.occasions import announced
from notifications.models.notices import Kind
from notifications.sandbox import sandboxed

from .rehearsal import rehearsal


class MessageScreen(PolicyScreen, TemplateView):
    """One message in one of its languages; POST sends a test to whoever asks, and to nobody else.

    Subclasses say which `languages` there are, and what the `wording` is in the one chosen.
    """

    template_name = "notifications/workspace/message.html"
    header_icon = "mail"

    @cached_property
    def language(self):
        asked = self.request.GET.get("language", self.languages[0])
        if asked not in self.languages:
            raise Http404
        return asked

    @cached_property
    def filled(self):
        slots = {"address": self.request.user.email or _("[the address]"), "stop": "…"}
        return fill(self.wording, slots)

    def get(self, request, *args, **kwargs):
        try:
            if "html" in request.GET:
                return sandboxed(self.filled.html)
            return super().get(request, *args, **kwargs)
        except LegalCMSError as error:
            return self.render_to_response(
                super().get_context_data(**kwargs) | {"problem": str(error)}
            )

    def post(self, request, *args, **kwargs):
        try:
            address = send_trial(
                wording=self.wording, publisher=self.policy.publisher, by=request.user
            )
            messages.success(request, _("Sent to %(address)s.") % {"address": address})
        except LegalCMSError as error:
            messages.error(request, str(error))
        return redirect(request.get_full_path())

    def lead(self):
        return ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "lead": self.lead(),
            "wording": self.filled,
            "language": self.language,
            "languages": self.languages,
            "size": len(self.wording.html.encode()),
        }


class NextMessage(MessageScreen):
    """What people would get if the open proposal, or the draft, were announced now."""

    page_title = gettext_lazy("The mail before it is sent")

    @cached_property
    def occasion(self):
        return rehearsal(self.policy, clock.now())

    @cached_property
    def languages(self):
        return languages(self.occasion.version)

    @cached_property
    def wording(self):
        return render(self.occasion, self.language)

    def lead(self):
        publication = self.occasion.publication
        if publication.pk:
            words = [_("As proposed, and as if it were announced now.")]
        else:
            words = [
                _(
                    "Of the draft as it stands, with the significance and the date that are "
                    "proposed; the summary is still to be written."
                )
            ]
        if Channel.EMAIL not in publication.told_by:
            words.append(_("With these channels no mail is sent."))
        words.append(
            _("The entry of the evidence log is known once the version is announced, not before.")
        )
        return " ".join(words)


class PublicationMessage(MessageScreen):
    """A message about a publication of the policy."""

    @cached_property
    def publication(self):
        found = Publication.objects.filter(versions__policy=self.policy)
        return get_object_or_404(found, pk=self.kwargs["publication"])

    @cached_property
    def version(self):
        return self.publication.versions.get(policy=self.policy)

    def get_page_subtitle(self):
        names = {"title": self.version.title, "number": self.version.number}
        return _("%(title)s, version %(number)s") % names


class StoredMessage(PublicationMessage):
    """What was stored when the notice was opened, and is sent."""

    page_title = gettext_lazy("The mail as it is sent")

    @cached_property
    def stored(self):
        notice = get_object_or_404(self.publication.notices, round=self.kwargs["number"])
        return {message.language: message for message in notice.messages.order_by("pk")}

    @cached_property
    def languages(self):
        return list(self.stored)

    @property
    def wording(self):
        return self.stored[self.language]

    def lead(self):
        return _("Stored, and bound by its hash: %(sha256)s") % {"sha256": self.wording.sha256}


class WithdrawalMessage(PublicationMessage):
    """What whoever was told would get if the publication were withdrawn now."""

    page_title = gettext_lazy("The mail of a withdrawal")

    @cached_property
    def languages(self):
        return languages(self.version)

    @cached_property
    def wording(self):
        number = self.publication.notices.count() + 1
        occasion = announced(self.publication, self.version, Kind.WITHDRAWAL, number, clock.now())
        return render(occasion, self.language)

    def lead(self):
        return _("As if it were withdrawn now. Nothing is withdrawn by looking at it.")
