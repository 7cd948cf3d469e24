"""Machines: workers, the mail server, the mailbox of what came back, a restored copy."""

from django.conf import settings
from django.utils.translation import gettext as _

from documents.models import Publication, Publisher
from notifications import breaker
from notifications.models import Beat, Breaker, Installation

from .vocabulary import Trouble, shown


def no_worker(at):
    """Nobody goes round, and something has been published that may need it."""
    if not Publication.objects.filter(announced_at__isnull=False).exists():
        return
    beat = Beat.objects.filter(name=Beat.WORKER).first()
    if beat is None:
        yield Trouble(facts={"since": _("the beginning")})
    elif beat.at <= at - settings.ALARM_NO_WORKER:
        yield Trouble(facts={"since": shown(beat.at)})


def other_installation(at):
    """The database is a copy, or was moved: workers refuse to send from it."""
    if Installation.objects.exclude(key=settings.INSTANCE).exists():
        yield Trouble()


def mail_server(at):
    """The mail server is out of reach, or refuses a sender, and not just now."""
    failing = Breaker.objects.filter(
        failures__gt=0, failing_since__lte=at - settings.ALARM_OVERDUE
    ).order_by("name")
    for each in failing:
        if each.name == breaker.SERVER:
            yield Trouble(facts={"since": shown(each.failing_since), "problem": each.problem})
        for publisher in Publisher.objects.filter(sender_email=each.name):
            since = shown(each.failing_since, publisher)
            yield Trouble(publisher, facts={"since": since, "problem": each.problem})


def bounces_unread(at):
    """A mailbox of what comes back was read once, and is no longer."""
    beat = Beat.objects.filter(name=Beat.BOUNCES, at__lte=at - settings.ALARM_UNREAD).first()
    if beat:
        yield Trouble(facts={"since": shown(beat.at)})
