"""What the admin's first page shows: what stands still, and which reminders are due."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from documents.permissions import may, publishers_for
from legalcms import clock
from notifications import reminders, watching


class HomePanel(Component):
    def __init__(self, user):
        self.user = user


class TroublesPanel(HomePanel):
    """Of the user's publishers, and of the installation; nothing where nothing is wrong."""

    name = "troubles"
    template_name = "notifications/workspace/troubles_panel.html"
    order = 10

    def get_context_data(self, parent_context):
        mine = set(publishers_for(self.user))
        found = watching.found(clock.now()) if mine else []
        shown = {None, *mine}
        return {"findings": [each for each in found if each.trouble.publisher in shown]}


class RemindersPanel(HomePanel):
    """Proposed to whoever may send them."""

    name = "reminders"
    template_name = "notifications/workspace/reminders_panel.html"
    order = 20

    def get_context_data(self, parent_context):
        publishers = [each for each in publishers_for(self.user) if may(self.user, "publish", each)]
        due = reminders.due(publishers, clock.now())
        return {"rows": [(owed, remind_url(owed.policy)) for owed in due]}


def remind_url(policy):
    return reverse("notifications_workspace:remind", args=[policy.publisher.slug, policy.slug])
