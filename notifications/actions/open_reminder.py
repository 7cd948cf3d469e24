"""Open the yearly reminder of a text that did not change: by a person, once for each due day."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents import queries
from documents.errors import AlreadyPending
from documents.models import Actor, Policy
from documents.permissions import require
from documents.promises import legal_day
from legalcms import clock
from notifications import reminders
from notifications.actions.open_notice import open_notice
from notifications.errors import NoReminderDue
from notifications.models import Reminder
from notifications.models.notices import Kind


@transaction.atomic
def open_reminder(*, policy, by):
    """Returns the Notice, a further round of the publication that is in force.

    Raises NotAllowed; NoReminderDue; AlreadyPending, for the notice of a
    change tells people anyway.
    """
    require(by, "publish", policy.publisher)
    policy = Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    now = clock.now()
    today = legal_day(now, policy.publisher.zone)
    owed = require_due(policy, now, today)
    require_no_change_pending(policy, now)
    notice = open_notice(
        publication=owed.version.publication, kind=Kind.REMINDER, actor=Actor.of(by)
    )
    Reminder.objects.create(policy=policy, due_on=owed.due_on, opened_on=today, notice=notice)
    return notice


def require_due(policy, now, today):
    owed = reminders.owed(policy, now)
    if owed is None:
        raise NoReminderDue(why=_("No rule chosen for this policy asks for one every year."))
    if not owed.may_open(today):
        day = (owed.due_on - reminders.AHEAD).isoformat()
        raise NoReminderDue(why=_("The next may be sent from %(day)s on.") % {"day": day})
    return owed


def require_no_change_pending(policy, now):
    pending = queries.pending(policy, now)
    if pending:
        raise AlreadyPending(number=pending.number)
