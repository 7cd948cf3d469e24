"""Mail whoever asked to follow a policy a link to confirm it: claim, commit, send, record.

The text is ours alone; nothing that was typed into the form stands in it.
"""

import logging
import secrets
from datetime import timedelta

from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from documents import links, queries
from legalcms import clock
from notifications import breaker, tokens
from notifications.headers import list_id
from notifications.mailer import Letter, MailServer, MailServerUnavailable, SenderRefused
from notifications.mime import Mail, build
from notifications.models import FollowRequest
from notifications.models.deliveries import Outcome

logger = logging.getLogger(__name__)
BATCH = 50
AGAIN_AFTER = timedelta(minutes=10)
MOST_TRIES = 5


def send_confirmations():
    """Send what is due. Returns the number of messages that were tried."""
    if breaker.SERVER in breaker.closed_to() or not (waiting := due(clock.now())):
        return 0
    tried = 0
    try:
        with MailServer() as server:
            for request in waiting:
                tried += send(server, request)
    except MailServerUnavailable as problem:
        breaker.trip(breaker.SERVER, problem)
        logger.warning("Mail server out of reach: %s", problem)
    return tried


def due(now):
    waiting = FollowRequest.objects.filter(
        sent_at__isnull=True, confirmed_at__isnull=True, due_at__lte=now, tried__lt=MOST_TRIES
    )
    waiting = waiting.exclude(
        policy__publisher__follower_stream__sender_email__in=breaker.closed_to()
    )
    return list(waiting.select_related("policy__publisher__follower_stream").order_by("pk")[:BATCH])


def send(server, request):
    """One message. Returns whether it was tried: another worker may have taken it."""
    now = clock.now()
    ours = FollowRequest.objects.filter(pk=request.pk, due_at=request.due_at, sent_at__isnull=True)
    if not ours.update(due_at=now + AGAIN_AFTER, tried=F("tried") + 1):
        return False
    sender = request.policy.publisher.follower_stream.sender_email
    try:
        raw = build(mail_for(request, now))
        answer = server.send(Letter(raw, sender, request.email))
    except SenderRefused as problem:
        breaker.trip(sender, problem)
        return True
    except ValueError:
        logger.warning("Request to follow %s cannot be written as a mail", request.pk)
        FollowRequest.objects.filter(pk=request.pk).update(tried=MOST_TRIES)
        return True
    if answer.outcome != Outcome.DEFERRED:
        FollowRequest.objects.filter(pk=request.pk).update(sent_at=clock.now())
    return True


def mail_for(request, now):
    policy, publisher = request.policy, request.policy.publisher
    sender = publisher.follower_stream.sender_email
    version = queries.history(policy).first()
    made = tokens.token(tokens.CONFIRM, request.pk, request.asked_at)
    context = {
        "publisher": publisher,
        "title": version.title,
        "confirm_url": links.absolute(reverse("follow_confirm", args=[made])),
        "policy_url": links.absolute(links.policy_path(policy)),
    }
    with translation.override(version.language):
        subject = render_to_string("notifications/mail/confirm_subject.txt", context)
        text = render_to_string("notifications/mail/confirm.txt", context)
    return Mail(
        sender_name=publisher.sender_name,
        sender_email=sender,
        reply_to=publisher.contact,
        recipient_name="",
        recipient_email=request.email,
        subject=" ".join(subject.split()),
        text=text,
        html="",
        message_id=f"<{secrets.token_hex(16)}@{sender.rpartition('@')[2]}>",
        sent_at=now,
        headers=(("List-Id", list_id("followers", publisher.slug)),),
    )
