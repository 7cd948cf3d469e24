"""Somebody pressed the button behind the link: from now on they follow."""

from django.db import transaction

from documents.evidence.commitment import normalised
from legalcms import clock
from notifications.actions.add_recipients import lock_recipients
from notifications.actions.requirements import require_no_import
from notifications.models import Follow, FollowRequest, Recipient


@transaction.atomic
def confirm_follow(*, request_id):
    """Returns the Follow; None where the request was forgotten. Pressed twice, it is one.

    Raises ImportUnderWay: try again in a minute.
    """
    asked = FollowRequest.objects.select_related("policy__publisher").filter(pk=request_id).first()
    if asked is None:
        return None
    lock_recipients(asked.policy.publisher)
    request = FollowRequest.objects.select_for_update().get(pk=request_id)
    if request.confirmed_at is not None:
        return Follow.objects.filter(pk=request.follow_id).first()
    require_no_import(asked.policy.publisher)
    now = clock.now()
    follow, _is_new = Follow.objects.update_or_create(
        recipient=person(asked.policy.publisher, request.email, now),
        policy=asked.policy,
        defaults={"confirmed_at": now, "ended_at": None},
    )
    request.email, request.confirmed_at, request.follow_id = "", now, follow.pk
    request.save(update_fields=["email", "confirmed_at", "follow_id"])
    return follow


def person(publisher, email, now):
    """Whoever has this address, or somebody new: a follower alone, who has no role."""
    known = Recipient.objects.filter(publisher=publisher, erased_at__isnull=True)
    found = known.filter(email_key=normalised(email)).first()
    return found or Recipient.objects.create(
        publisher=publisher, email=email, joined_at=now, is_account_holder=False, is_end_user=False
    )
