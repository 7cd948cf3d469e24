"""Who must be told. A rule is stored with its notice and turned into people at fan-out.

Rules: ``{"rule": "everyone"}``: all recipients of the publisher who joined
before the notice; ``{"rule": "told"}``: those who may have received an earlier
round of the same publication.
"""

from notifications.models import Recipient
from notifications.models.deliveries import Outcome
from notifications.models.notices import Kind

# An attempt that is still open may have reached its recipient as well.
MAY_HAVE_REACHED = (Outcome.ACCEPTED, Outcome.UNKNOWN, Outcome.OPEN)


def rule_for(kind):
    return {"rule": "told" if kind == Kind.WITHDRAWAL else "everyone"}


def for_policy(policy):
    """Everyone who would be told of a change of this policy now."""
    return Recipient.objects.to_be_told().filter(publisher=policy.publisher)


def told_of(publication):
    """Everyone whom some notice of this publication may have reached."""
    return (
        Recipient.objects.to_be_told()
        .filter(
            deliveries__notice__publication=publication,
            deliveries__attempts__outcome__in=MAY_HAVE_REACHED,
        )
        .distinct()
    )


def of_notice(notice):
    """The people of a notice by its stored rule, in the order of their ids."""
    if notice.audience["rule"] == "told":
        return told_of(notice.publication).order_by("pk")
    return (
        Recipient.objects.to_be_told()
        .filter(publisher=notice.publication.publisher, joined_at__lte=notice.opened_at)
        .order_by("pk")
    )
