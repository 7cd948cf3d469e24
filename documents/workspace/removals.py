"""Remove a text by order: one person asks, another confirms, and the report says what is left."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.models import PageLogEntry

from documents import queries
from documents.actions import motions
from documents.actions.remove_by_order import LOG_ACTION, ask_removal, confirm_removal
from documents.errors import LegalCMSError
from documents.models import Actor
from documents.models.approvals import MotionKind
from documents.removal_map import BEYOND_REACH
from documents.templatetags.redline import opening_words

from .base import PolicyForm, PolicyScreen
from .forms import RemovalForm


class RemoveByOrder(PolicyForm):
    """Asks for a removal; shows those that wait for another person, and what was removed."""

    act = "publish"
    template_name = "documents/workspace/removal.html"
    page_title = gettext_lazy("Remove a text by order")
    form_class = RemovalForm
    submit = gettext_lazy("Ask another person to decide")

    @cached_property
    def titles(self):
        """Clause key → how people know the clause, for those that still have words."""
        clauses = queries.removable_clauses(self.policy)
        return {
            each.key: f"{each.number} {each.heading}".strip() or opening_words(each)
            for each in clauses
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"clauses": self.titles.items()}

    def perform(self, data):
        return ask_removal(policy=self.policy, by=self.request.user, **data)

    def success_message(self, motion):
        return _("Asked. Another person with the role Publisher must confirm it.")

    def success_url(self, motion):
        return self.url("removal")

    def lead(self):
        return _(
            "Only where a court or an authority orders it. In every version of this policy a "
            "marker that names the order takes the place of the words; numbers and hashes stay, "
            "and the evidence log says what was done. It cannot be undone."
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "waiting": self.waiting(),
            "removals": self.removals(),
            "beyond_reach": BEYOND_REACH,
        }

    def waiting(self):
        """Open motions, each with its clause, who asked, and whether that is this user."""
        found = self.policy.motions.filter(kind=MotionKind.REMOVAL, settled_at__isnull=True)
        actors = Actor.objects.in_bulk({motion.asked_by for motion in found})
        return [
            {
                "motion": motion,
                "clause": self.titles.get(motion.terms["key"], _("a clause without words")),
                "who": (asker := actors[motion.asked_by]),
                "is_mine": asker.user_id == self.request.user.pk,
            }
            for motion in found
        ]

    def removals(self):
        """What was removed, newest first, each with the report that was given then."""
        found = self.policy.removals.order_by("-removed_at")
        lines = PageLogEntry.objects.filter(page=self.policy.pk, action=LOG_ACTION)
        reports = {line.data["removal"]: line.data["still"] for line in lines}
        keys = {key for removal in found for key in (removal.asked_by, removal.removed_by)}
        actors = Actor.objects.in_bulk(keys)
        return [
            {
                "removal": removal,
                "still": reports.get(removal.pk, []),
                "asked_by": actors[removal.asked_by],
                "removed_by": actors[removal.removed_by],
            }
            for removal in found
        ]


class DecideRemoval(PolicyScreen, View):
    """Carries a removal out, or refuses it; answers POST alone."""

    act = "publish"
    http_method_names = ["post"]

    def post(self, request, pk, motion, answer):
        found = get_object_or_404(self.policy.motions, pk=motion, kind=MotionKind.REMOVAL)
        try:
            if answer == "confirm":
                confirm_removal(motion_id=found.pk, by=request.user)
                messages.success(request, _("Removed. Read below where words may still stand."))
            else:
                motions.refuse(motion_id=found.pk, by=request.user)
                messages.success(request, _("Refused. Nothing changes."))
        except LegalCMSError as error:
            messages.error(request, str(error))
        return redirect(self.url("removal"))
