"""Tell those who join between announcement and effect: the same words, deliveries of their own.

A publication never waits for them: whoever joins now found the announced text
and its date on the policy's page, and no promise counts its period per person.
The notice says “joined after” in the record.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from documents.models import Publication
from legalcms import clock
from notifications import audiences
from notifications.actions.add_recipients import lock_recipients
from notifications.actions.close_notice import close, exclude_waiting
from notifications.actions.open_notice import deadline_of, log_opening, write_message
from notifications.models import Notice
from notifications.models.notices import Kind, Stream

AT_MOST_EVERY = timedelta(hours=1)  # who joins within it shares one notice


def open_top_ups():
    """Open one for each publication to come that somebody joined after. Returns their number."""
    now = clock.now()
    to_come = Publication.objects.filter(
        announced_at__isnull=False,
        effective_at__gt=now,
        withdrawn_at__isnull=True,
        held_at__isnull=True,
        notices__fanned_out_at__isnull=False,
    )
    keys = list(to_come.values_list("pk", flat=True).distinct())
    return sum(open_top_up(publication_id=pk) for pk in keys)


@transaction.atomic
def open_top_up(*, publication_id):
    """True if one was opened now."""
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication_id)
    announced = publication.notices.counted().order_by("round").last()
    now = clock.now()
    if not is_due(publication, announced, now):
        return False
    lock_recipients(publication.publisher)
    # From the newest listing on: nobody joins before it who is not in it.
    listed = publication.notices.filter(stream=Stream.PROMISED).order_by("round").last()
    people = audiences.unlisted(publication, announced.audience, now)
    if not people.filter(joined_at__gte=listed.opened_at).exists():
        return False
    notice = Notice(
        publication=publication,
        round=publication.notices.count() + 1,
        kind=Kind.TOP_UP,
        audience=announced.audience | {"rule": "joined_after"},
        opened_at=now,
    )
    notice.deadline_at = deadline_of(notice)
    notice.save()
    for message in announced.messages.all():
        write_message(notice, message.language, message)
    log_opening(notice)
    return True


def is_due(publication, announced, now):
    """The announcement has listed its people and was not stopped, and the last top-up is old."""
    if announced is None or announced.fanned_out_at is None:
        return False
    if announced.paused_at is not None or announced.close_reason not in ("", "settled"):
        return False
    top_ups = publication.notices.filter(kind=Kind.TOP_UP)
    is_recent = Q(opened_at__gt=now - AT_MOST_EVERY)
    is_listing = Q(fanned_out_at__isnull=True, closed_at__isnull=True)
    return not top_ups.filter(is_recent | is_listing).exists()


@transaction.atomic
def close_top_ups():
    """Stop those whose change has taken effect: its date has passed. Returns their number."""
    now = clock.now()
    over = Notice.objects.filter(
        kind=Kind.TOP_UP,
        closed_at__isnull=True,
        publication__effective_at__lte=now,
        deadline_at=F("publication__effective_at"),
    )
    closed = list(over.select_for_update(of=("self",)))
    for notice in closed:
        close(notice, "in effect", now)
        exclude_waiting(notice, now)
    return len(closed)
