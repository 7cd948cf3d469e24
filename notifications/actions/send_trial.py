"""Send the wording of a notice to oneself. No Delivery, no evidence, and nobody else gets it."""

from datetime import timedelta
from email.utils import make_msgid

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from documents.permissions import require
from legalcms import clock
from notifications.errors import NoAddress, TooManyTrials, TrialNotSent
from notifications.mailer import Letter, MailServer, MailServerUnavailable, SenderRefused
from notifications.messages import fill
from notifications.mime import Mail, build
from notifications.models import Trials
from notifications.models.deliveries import Outcome

LIMIT = 10
PER = timedelta(hours=1)


def send_trial(*, wording, publisher, by):
    """Mail a Wording, its slots open, to the address of ``by`` alone. Returns the address.

    Raises NoAddress, TooManyTrials, TrialNotSent. In no transaction: a mail server is called.
    """
    require(by, "view", publisher)
    if not by.email:
        raise NoAddress()
    try:
        raw = build(trial_mail(wording, publisher, by))
    except ValueError:
        raise NoAddress() from None
    count_trial(by)
    hand_over(raw, sender=publisher.sender_email, recipient=by.email)
    return by.email


def trial_mail(wording, publisher, by):
    filled = fill(wording, {"address": by.email, "stop": "…"})
    return Mail(
        sender_name=publisher.sender_name,
        sender_email=publisher.sender_email,
        reply_to=publisher.contact,
        recipient_name="",
        recipient_email=by.email,
        subject=_("TEST: %(subject)s") % {"subject": filled.subject},
        text=filled.text,
        html=filled.html,
        message_id=make_msgid(domain=publisher.sender_email.rpartition("@")[2]),
        sent_at=clock.now(),
    )


@transaction.atomic
def count_trial(user):
    """Takes one of LIMIT per PER, by a conditional update: two requests cannot take the same."""
    now = clock.now()
    Trials.objects.get_or_create(user=user, defaults={"begun_at": now})
    rows = Trials.objects.filter(user=user)
    rows.filter(begun_at__lte=now - PER).update(begun_at=now, count=0)
    if not rows.filter(count__lt=LIMIT).update(count=F("count") + 1):
        raise TooManyTrials(limit=LIMIT)


def hand_over(raw, *, sender, recipient):
    try:
        with MailServer() as server:
            answer = server.send(Letter(raw, sender, recipient))
    except (MailServerUnavailable, SenderRefused) as error:
        raise TrialNotSent(why=str(error)) from error
    if answer.outcome != Outcome.ACCEPTED:
        raise TrialNotSent(why=answer.code)
