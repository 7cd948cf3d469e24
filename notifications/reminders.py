"""When a yearly reminder of a text is due. A query: nothing is scheduled, and it sends nothing.

A year runs from the day on which the text in force took effect, or from its
last reminder, whichever is later: a change that people were told of is as good.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from documents import queries
from documents.models import Policy, Version
from documents.promises import Preset, legal_day, preset
from documents.promises.dates import add_months
from notifications.models import Reminder

AHEAD = timedelta(days=30)  # so that a year is never exceeded, and eleven months always pass


@dataclass(frozen=True)
class Owed:
    """A reminder that a policy owes: by which day, of which text, by which rules."""

    policy: Policy
    version: Version
    due_on: date
    presets: tuple[Preset, ...]

    def may_open(self, on):
        return on >= self.due_on - AHEAD


def owed(policy, at):
    """The next Owed of a policy; None where no yearly rule is chosen, or nothing is in force."""
    rules = tuple(rule for rule in map(preset, queries.presets_of(policy)) if rule.yearly)
    version = queries.in_force(policy, at) if rules else None
    if version is None:
        return None
    since = legal_day(version.publication.effective_at, policy.publisher.zone)
    last = Reminder.objects.filter(policy=policy).order_by("due_on").last()
    since = max(since, last.opened_on) if last else since
    return Owed(policy, version, add_months(since, 12), rules)


def due(publishers, at):
    """Every Owed reminder that may be opened now, the most urgent first."""
    policies = Policy.objects.filter(publisher__in=publishers, promise_setting__isnull=False)
    found = (owed(policy, at) for policy in policies.select_related("publisher"))
    open_now = [
        each for each in found if each and each.may_open(legal_day(at, each.policy.publisher.zone))
    ]
    return sorted(open_now, key=lambda each: each.due_on)
