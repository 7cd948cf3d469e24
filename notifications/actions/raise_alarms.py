"""Keep what the checks find as alarms, and tell the team: once when it begins, once when it ends.

A letter is claimed, sent and recorded like a delivery; while the mail server is
the trouble, letters stay due and the alarm is shown.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from documents.models import Publisher, Role
from legalcms import clock
from notifications import alarm_letters, breaker
from notifications.mailer import Answer, Letter, MailServer, MailServerUnavailable, SenderRefused
from notifications.models import Alarm, AlarmLetter
from notifications.models.deliveries import Outcome
from notifications.schedule import LEASE

QUIET = timedelta(minutes=10)  # a trouble that comes and goes is one trouble
NEWS = timedelta(days=7)  # that something is over is no news after that


@transaction.atomic
def note_findings(*, findings):
    """findings: what the checks found now. Returns how many alarms were opened and closed."""
    now, opened = clock.now(), 0
    for finding in findings:
        trouble = finding.trouble
        said = {"title": str(finding.check.title), "words": finding.words, "seen_at": now}
        _alarm, is_new = Alarm.objects.update_or_create(
            check_name=finding.check.name,
            publisher=trouble.publisher,
            about=trouble.about,
            closed_at=None,
            defaults=said,
            create_defaults=said | {"opened_at": now},
        )
        opened += is_new
    over = Alarm.objects.filter(closed_at__isnull=True, seen_at__lte=now - QUIET)
    return opened + over.update(closed_at=now)


def tell_team():
    """Send every letter that is owed. Returns how many a mail server accepted."""
    now = clock.now()
    if {breaker.SERVER, alarm_letters.sender()} & breaker.closed_to():
        return 0
    owed = [letter for letter in letters(now) if letter.ended_at is None]
    if not owed:
        return 0
    try:
        with MailServer() as server:
            return sum(send_letter(server, letter) for letter in owed)
    except MailServerUnavailable as problem:
        breaker.trip(breaker.SERVER, problem)
    except SenderRefused as problem:
        breaker.trip(alarm_letters.sender(), problem)
    return 0


def letters(now):
    """A row for every letter that somebody should have had by now, with its address."""
    for alarm in Alarm.objects.filter(closed_at__isnull=True).select_related("publisher"):
        for reader, address in readers(alarm):
            yield _letter(alarm, False, reader, address)
    over = Alarm.objects.filter(closed_at__gt=now - NEWS).select_related("publisher")
    for alarm in over:
        told = alarm.letters.filter(is_end=False, answer__startswith="2")
        told = set(told.values_list("reader", flat=True))
        for reader, address in readers(alarm):
            if reader in told:
                yield _letter(alarm, True, reader, address)


def _letter(alarm, is_end, reader, address):
    letter, _is_new = AlarmLetter.objects.get_or_create(alarm=alarm, is_end=is_end, reader=reader)
    letter.alarm, letter.address = alarm, address
    return letter


def readers(alarm):
    """(reader, address) of whoever answers for it: role Publisher, and the publisher's contact."""
    publishers = [alarm.publisher] if alarm.publisher else Publisher.objects.order_by("pk")
    found = {}
    for publisher in publishers:
        team = get_user_model().objects.filter(
            is_active=True, groups__team__publisher=publisher, groups__team__role=Role.PUBLISHER
        )
        for user in team.exclude(email="").order_by("pk"):
            found.setdefault(user.email, f"user {user.pk}")
        if publisher.contact:
            found.setdefault(publisher.contact, f"contact {publisher.pk}")
    return [(reader, address) for address, reader in found.items()]


def send_letter(server, letter):
    """Claim, commit, send, record. True if a mail server accepted it."""
    now = clock.now()
    if not claim_letter(letter, now):
        return False
    answer = hand_over(server, letter, now)
    is_final = answer.outcome in {Outcome.ACCEPTED, Outcome.FAILED}
    AlarmLetter.objects.filter(pk=letter.pk).update(
        answer=answer.code, ended_at=now if is_final else None
    )
    return answer.outcome == Outcome.ACCEPTED


def hand_over(server, letter, now):
    try:
        raw = alarm_letters.written(letter, now)
    except ValueError:
        return Answer(Outcome.FAILED, "not a valid mail")
    answer = server.send(Letter(raw, alarm_letters.sender(), letter.address))
    breaker.reset(breaker.SERVER, alarm_letters.sender())
    return answer


def claim_letter(letter, now):
    """For as long as a lease: whoever claims a letter and dies leaves it to the next."""
    free = AlarmLetter.objects.filter(pk=letter.pk, ended_at__isnull=True).exclude(
        claimed_until__gt=now
    )
    return free.update(claimed_until=now + LEASE) == 1
