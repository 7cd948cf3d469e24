"""The ways to the mails that people get, on the screens of a proposal and of a publication."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from documents.models.publications import State
from legalcms import clock


class NextMessagePanel(Component):
    template_name = "notifications/workspace/next_message_panel.html"

    def __init__(self, policy):
        self.policy = policy

    def get_context_data(self, parent_context):
        return {"url": reverse("notice_messages:next", args=[self.policy.pk])}


class MessagesPanel(Component):
    template_name = "notifications/workspace/messages_panel.html"

    def __init__(self, publication):
        self.publication = publication

    def get_context_data(self, parent_context):
        publication = self.publication
        place = [publication.versions.get().policy_id, publication.pk]
        notices = publication.notices.order_by("round")
        is_open = publication.state(clock.now()) in {State.PENDING, State.HELD}
        return {
            "rows": [
                (notice, reverse("notice_messages:stored", args=[*place, notice.round]))
                for notice in notices
            ],
            "withdrawal_url": reverse("notice_messages:withdrawal", args=place)
            if is_open and notices
            else "",
        }
