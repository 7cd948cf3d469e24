"""The record: whether it is verified, holds, and is dated from outside."""

from django.conf import settings
from django.utils.translation import gettext as _

from documents.models import Entry, Publisher
from notifications.models import Verification

from .vocabulary import Trouble, shown


def unverified(at):
    """Nobody has checked a record for long, counted from its first entry."""
    since = at - settings.ALARM_UNVERIFIED
    late = Publisher.objects.exclude(verification__verified_at__gt=since)
    for publisher in late.filter(entries__seq=1, entries__at__lte=since):
        known = Verification.objects.filter(publisher=publisher).first()
        last = shown(known.verified_at, publisher) if known else _("never")
        yield Trouble(publisher, facts={"last": last})


def broken_record(at):
    """The last verification found something that does not hold."""
    for each in Verification.objects.exclude(problem="").select_related("publisher"):
        yield Trouble(each.publisher, facts={"problem": each.problem})


def unstamped(at):
    """An authority is set that dates the log, and entries have long waited for it."""
    if not settings.TSA_URL:
        return
    for publisher in Publisher.objects.order_by("pk"):
        stamp = publisher.time_stamps.order_by("-seq").first()
        waiting = Entry.objects.filter(publisher=publisher, seq__gt=stamp.seq if stamp else 0)
        first = waiting.order_by("seq").first()
        if first and first.at <= at - settings.ALARM_UNSTAMPED:
            yield Trouble(publisher, facts={"since": shown(first.at, publisher)})
