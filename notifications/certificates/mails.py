"""What one person was told by e-mail: each delivery, each attempt, and the bytes made again."""

from copy import copy
from hashlib import sha256

from django.db.models import Prefetch

from documents.evidence.canonical import digest
from documents.evidence.commitment import commitment
from documents.models import Version
from notifications.messages import fill, mail_for, message_for
from notifications.mime import build
from notifications.models import Delivery

from .proofs import proofs
from .vocabulary import Mail, Report, Try


def mails(recipient, policy, day, log, most_lines):
    """The Mails of a policy's notices that were opened until the day ended, oldest first.

    most_lines: how many lines of proof to read; None: all.
    """
    senders = Senders(policy.publisher)
    found = list(deliveries(recipient, policy, day))
    proven = proofs(found, log, most_lines)
    return tuple(_mail(delivery, senders, log, proven[delivery.pk]) for delivery in found)


def deliveries(recipient, policy, day):
    """Deliveries with all that a Mail is made of: a fixed number of queries."""
    versions = Prefetch(
        "notice__publication__versions",
        Version.objects.filter(policy=policy).defer("outline"),
        to_attr="of_this_policy",
    )
    return (
        Delivery.objects.filter(
            recipient=recipient,
            notice__publication__versions__policy=policy,
            notice__opened_at__lt=day.ends_at,
        )
        .select_related("recipient", "notice__publication__publisher")
        .prefetch_related("attempts", "events", "notice__messages", versions)
        .order_by("notice__opened_at", "pk")
    )


def _mail(delivery, senders, log, proof):
    notice, recipient = delivery.notice, delivery.recipient
    publication = notice.publication
    message = message_for(delivery)
    opened = log.entry(publication.pk, "notice.opened", round=notice.round)
    return Mail(
        notice=notice.pk,
        kind=notice.kind,
        round=notice.round,
        publication=publication.pk,
        number=publication.of_this_policy[0].number,
        opened_at=notice.opened_at,
        opened=log.line(publication.pk, "notice.opened", round=notice.round),
        subject=message.subject,
        text=fill(message, {"address": recipient.email or "…", "stop": "…"}).text,
        language=message.language,
        wording_sha256=message.sha256,
        is_announced_wording=is_announced(message, opened),
        is_redacted=message.sha256 in log.removed,
        state=delivery.state,
        reason=delivery.reason,
        accepted_at=delivery.accepted_at,
        settled_at=delivery.settled_at,
        possible_duplicate=delivery.possible_duplicate,
        message_id=delivery.message_id,
        commitment=delivery.commitment,
        is_about_person=is_about(recipient, delivery.commitment),
        tries=tuple(_try(delivery, attempt, senders) for attempt in delivery.attempts.all()),
        reports=tuple(
            Report(event.kind, event.code, event.happened_at, event.recorded_at)
            for event in delivery.events.all()
        ),
        proof=proof,
    )


def is_announced(message, opened):
    """Whether the words make their hash, and the log named it when the notice was opened."""
    words = {"subject": message.subject, "text": message.text, "html": message.html}
    named = opened.payload["messages"].get(message.language) if opened else None
    return digest(words) == message.sha256 == named


def is_about(recipient, made):
    """Whether a commitment is to the address that the record has now; salt destroyed: no."""
    try:
        return commitment(recipient.email, recipient.salt) == made
    except ValueError:
        return False


def _try(delivery, attempt, senders):
    return Try(
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        outcome=attempt.outcome,
        code=attempt.code,
        hop=attempt.hop,
        sha256=attempt.sent_sha256,
        is_remade=any(
            sha256(raw).hexdigest() == attempt.sent_sha256
            for raw in candidates(delivery, attempt, senders)
        ),
    )


def candidates(delivery, attempt, senders):
    """The bytes as they would go out now, then under each earlier sender of the publisher."""
    yield from _written(delivery, attempt)
    for name, email, contact in senders.earlier():
        yield from _written(signed_by(delivery, name, email, contact), attempt)


def signed_by(delivery, name, email, contact):
    """A copy of the delivery as if its publisher signed so."""
    delivery, notice, publication = map(
        copy, (delivery, delivery.notice, delivery.notice.publication)
    )
    publisher = copy(publication.publisher)
    publisher.sender_name, publisher.sender_email, publisher.contact = name, email, contact
    publication.publisher, notice.publication, delivery.notice = publisher, publication, notice
    return delivery


def _written(delivery, attempt):
    try:
        yield build(mail_for(delivery, attempt.started_at), attempt.recipe)
    except ValueError:
        return


class Senders:
    """How a publisher signed its mail at any time. Asked for only where today's does not do."""

    def __init__(self, publisher):
        self._publisher = publisher
        self._earlier = None

    def earlier(self):
        if self._earlier is None:
            rows = self._publisher.history.order_by("-history_date", "-history_id")
            fields = rows.values_list("sender_name", "sender_email", "contact")
            self._earlier = list(dict.fromkeys(fields))
        return self._earlier
