"""The story of a policy: who did what, from the evidence log and the draft's history."""

from datetime import date

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from documents import story
from documents.promises import start_of_day
from legalcms import clock

from .base import PolicyScreen


class ShowStory(PolicyScreen, TemplateView):
    """A page of the story, from its newest day or from the days before ``?before=2026-03-01``."""

    template_name = "documents/workspace/story.html"
    page_title = gettext_lazy("Story")
    header_icon = "history"

    @cached_property
    def before(self):
        """The legal day that was asked for, or None."""
        asked = self.request.GET.get("before")
        if not asked:
            return None
        try:
            day = date.fromisoformat(asked)
            start_of_day(day, self.policy.publisher.zone)
        except (ValueError, OverflowError):
            raise Http404(_("“%(asked)s” is no day.") % {"asked": asked}) from None
        return day

    def get_context_data(self, **kwargs):
        now = clock.now()
        since = story.first_day(self.policy, now, self.before)
        return super().get_context_data(**kwargs) | {
            "days": story.story(self.policy, now, since, self.before),
            "before": self.before,
            "since": since,
        }
