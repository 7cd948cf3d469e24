"""Stop following one policy. Twice is once; nothing that the person is owed is touched."""

from django.db import transaction

from legalcms import clock
from notifications.models import Follow


@transaction.atomic
def stop_following(*, follow_id):
    """Returns the Follow, or None of somebody who was erased."""
    follow = Follow.objects.select_for_update().filter(pk=follow_id).first()
    if follow is not None and follow.ended_at is None:
        follow.ended_at = clock.now()
        follow.save(update_fields=["ended_at"])
    return follow
