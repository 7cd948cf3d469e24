"""How far the notices of a publication have come, shown on the publication's screen."""

from django.db.models import Count
from wagtail.admin.ui.components import Component

from documents.permissions import may
from notifications import breaker, evidence
from notifications.models import Beat, Delivery
from notifications.models.deliveries import DeliveryState
from notifications.worker import NAME

NAMED = 50  # people who could not be reached; the others are counted


class NoticePanel(Component):
    template_name = "notifications/workspace/notice_panel.html"

    def __init__(self, publication, user):
        self.publication, self.user = publication, user

    def get_context_data(self, parent_context):
        notices = self.publication.notices.order_by("round")
        return {
            "notices": [progress(notice) for notice in notices],
            "sees_people": may(self.user, "manage_recipients", self.publication.publisher),
            "displays": [
                (display, evidence.seen(display)) for display in self.publication.displays.all()
            ],
            "required": self.publication.notice_required,
            "zone": self.publication.publisher.zone,
            "breaker": breaker.current(breaker.SERVER, self.publication.publisher.sender_email),
            "beat": Beat.objects.filter(name=NAME).first(),
        }


def progress(notice):
    """A notice with its deliveries counted by state, in the order of their life."""
    deliveries = Delivery.objects.filter(notice=notice)
    counts = dict(deliveries.values_list("state").annotate(n=Count("pk")))
    unreached = deliveries.filter(state=DeliveryState.FAILED).select_related("recipient")
    return {
        "notice": notice,
        "message": notice.messages.first(),
        "total": sum(counts.values()),
        "accepted": counts.get(DeliveryState.ACCEPTED, 0),
        "others": [
            (state.label, counts[state])
            for state in DeliveryState
            if state in counts and state != DeliveryState.ACCEPTED
        ],
        "unreached": unreached.order_by("pk")[:NAMED],
        "more_unreached": max(counts.get(DeliveryState.FAILED, 0) - NAMED, 0),
    }
