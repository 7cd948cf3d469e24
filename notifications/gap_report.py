"""Who of a notice's audience was told, who was not, and why: every person once.

The groups follow the states of a delivery; what was reported after a mail
server had accepted a message divides the accepted ones further. They add up to
the snapshot of the audience whatever happened in whatever order, since each
delivery is in the one group that ``group_of`` names.
"""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, OuterRef, Subquery, TextChoices, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from notifications.models import Delivery, DeliveryEvent, Unreached
from notifications.models.deliveries import LAST_WORDS, RETURNED, DeliveryState, EventKind
from notifications.models.unreached import Why

PAGE = 2000  # rows that are in memory at once


class Group(TextChoices):
    PLANNED = "planned", _("Not tried yet")
    DEFERRED = "deferred", _("Put off, tried again")
    UNKNOWN = "unknown", _("Answer lost, sent again once")
    ACCEPTED = "accepted", _("Accepted by a mail server, nothing reported since")
    DELIVERED = "delivered", _("Reported as delivered")
    RETURNED = "returned", _("Accepted, then reported as not delivered")
    RESENT = "resent", _("Sent twice, answer lost both times")
    FAILED = "failed", _("Failed")
    EXCLUDED = "excluded", _("Excluded")


OF_STATE = {
    DeliveryState.PLANNED: Group.PLANNED,
    DeliveryState.CLAIMED: Group.PLANNED,
    DeliveryState.ATTEMPTING: Group.PLANNED,
    DeliveryState.DEFERRED: Group.DEFERRED,
    DeliveryState.UNKNOWN: Group.UNKNOWN,
    DeliveryState.RELAYED: Group.ACCEPTED,
    DeliveryState.ACCEPTED: Group.ACCEPTED,
    DeliveryState.RESENT: Group.RESENT,
    DeliveryState.FAILED: Group.FAILED,
    DeliveryState.EXCLUDED: Group.EXCLUDED,
}
SENT = [state.value for state, group in OF_STATE.items() if group == Group.ACCEPTED]
# What was accepted, by what was reported since.
DIVIDED = {
    Group.ACCEPTED: [""],
    Group.DELIVERED: [EventKind.DELIVERED.value],
    Group.RETURNED: [kind.value for kind in RETURNED],
}
WITH_REASON = (Group.DEFERRED, Group.RETURNED, Group.FAILED, Group.EXCLUDED)


@dataclass(frozen=True)
class Line:
    """reason: a code or a word, empty where a group has none."""

    group: Group
    reason: str
    count: int


@dataclass(frozen=True)
class GapReport:
    """snapshot: how many people are in the audience, as far as it is listed yet.

    The rest is of these, and counted in the lines already.
    """

    snapshot: int
    lines: tuple[Line, ...]
    is_listed: bool
    topped_up: int
    complained: int
    suppressed: int

    @property
    def adds_up(self):
        return self.snapshot == sum(line.count for line in self.lines)

    def count(self, group):
        return sum(line.count for line in self.lines if line.group == group)


@dataclass(frozen=True)
class Row:
    """One person. last_word: the EventKind that was reported last of the end, or empty."""

    delivery: Delivery
    group: Group
    reason: str
    last_word: str


def gap_report(notice):
    """Counted by the database; two queries over the audience, whatever its size."""
    deliveries = Delivery.objects.filter(notice=notice)
    counted = _with_last_word(deliveries).values_list("state", "reason", "last_word", "last_code")
    sums = {}
    for state, reason, word, code, count in counted.annotate(n=Count("pk")).order_by():
        key = group_of(state, word), reason_of(state, reason, word, code)
        sums[key] = sums.get(key, 0) + count
    order = list(Group)
    keys = sorted(sums, key=lambda key: (order.index(key[0]), -sums[key], key[1]))
    noted = Unreached.objects.filter(delivery__notice=notice)
    return GapReport(
        snapshot=deliveries.count(),
        lines=tuple(Line(*key, sums[key]) for key in keys),
        is_listed=notice.fanned_out_at is not None,
        topped_up=deliveries.filter(recipient__joined_at__gt=notice.opened_at).count(),
        complained=noted.filter(why=Why.COMPLAINED).count(),
        suppressed=noted.filter(suppresses=True).values("delivery").distinct().count(),
    )


def group_of(state, last_word):
    group = OF_STATE[state]
    if group == Group.ACCEPTED and last_word:
        return Group.DELIVERED if last_word == EventKind.DELIVERED else Group.RETURNED
    return group


def reason_of(state, reason, last_word, last_code):
    group = group_of(state, last_word)
    if group not in WITH_REASON:
        return ""
    return f"{last_word} {last_code}".strip() if group == Group.RETURNED else reason


def rows(notice, group=None, after=0):
    """Every Row in the order of their ids, from the one after ``after``. Memory stays flat.

    Paged by key, so that no read keeps the database open while a browser is slow.
    """
    found = _of_group(notice, group).select_related("recipient").order_by("pk")
    while page := list(found.filter(pk__gt=after)[:PAGE]):
        for delivery in page:
            word, code = delivery.last_word, delivery.last_code
            reason = reason_of(delivery.state, delivery.reason, word, code)
            yield Row(delivery, group_of(delivery.state, word), reason, word)
        after = page[-1].pk


def _of_group(notice, group):
    """The deliveries in a group, or all; by state first, for which there is an index."""
    deliveries = _with_last_word(Delivery.objects.filter(notice=notice))
    if group is None:
        return deliveries
    base = Group.ACCEPTED if group in DIVIDED else group
    states = [state.value for state, each in OF_STATE.items() if each == base]
    words = DIVIDED.get(group)
    return deliveries.filter(state__in=states, **({"last_word__in": words} if words else {}))


def _with_last_word(deliveries):
    """Of what was reported of the end, the latest; looked up for what was sent alone."""
    words = DeliveryEvent.objects.filter(delivery=OuterRef("pk"), kind__in=LAST_WORDS)
    last = words.order_by("-happened_at", "-pk")

    def of(column):
        found = Coalesce(Subquery(last.values(column)[:1]), Value(""))
        return Case(When(state__in=SENT, then=found), default=Value(""), output_field=CharField())

    return deliveries.annotate(last_word=of("kind"), last_code=of("code"))
