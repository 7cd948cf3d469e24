"""Notices by e-mail that were not addressed to a person, and why: nobody is left out silently.

Reasons: joined_later, erased, had_left, suppressed, closed_first (the notice was
closed before this person was listed), not_listed_yet, only_those_told,
not_its_audience (other roles or languages), and unexplained, which should never be.
"""

from django.db.models import Q

from notifications import audiences
from notifications.models import Notice
from notifications.models.notices import Kind, Stream

from .vocabulary import Untold


def untold(recipient, policy, day):
    """The Untold notices of a policy that were opened until the day ended, oldest first."""
    notices = (
        Notice.objects.filter(publication__versions__policy=policy, opened_at__lt=day.ends_at)
        .exclude(deliveries__recipient=recipient)
        .exclude(Q(stream=Stream.FOLLOWERS) | Q(kind=Kind.TOP_UP))
        .order_by("opened_at", "pk")
    )
    numbers = dict(policy.versions.values_list("publication", "number"))
    return tuple(
        Untold(
            kind=notice.kind,
            round=notice.round,
            number=numbers[notice.publication_id],
            opened_at=notice.opened_at,
            reason=reason(notice, recipient),
        )
        for notice in notices
    )


def reason(notice, recipient):
    """Why a notice has no delivery to this person, by the rule that its audience was listed by."""
    if recipient.joined_at > notice.opened_at:
        return "joined_later"
    gone = _gone(recipient, notice.fanned_out_at or notice.closed_at)
    if gone:
        return gone
    if notice.fanned_out_at is None and recipient.pk > notice.fanned_out_to:
        return "closed_first" if notice.closed_at else "not_listed_yet"
    if notice.audience["rule"] == "told":
        return "only_those_told"
    is_meant = audiences.people_by(notice.audience, recipient.publisher_id)
    return "unexplained" if is_meant.filter(pk=recipient.pk).exists() else "not_its_audience"


def _gone(recipient, listed_at):
    """listed_at: when the listing ended; None: it has not."""
    for name, at in (
        ("erased", recipient.erased_at),
        ("had_left", recipient.left_at),
        ("suppressed", recipient.suppressed_at),
    ):
        if at and (listed_at is None or at <= listed_at):
            return name
    return ""
