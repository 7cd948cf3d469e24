"""The mail of one delivery: the stored wording, this person's address, this instant."""

from notifications.headers import stop_address, stream_headers
from notifications.mail import Mail
from notifications.models.notices import Stream

from .wording import SLOTS, slot


def mail_for(delivery, sent_at):
    """The Mail of one delivery, slots open beside their values: equal rows give equal mails."""
    notice, recipient = delivery.notice, delivery.recipient
    publisher, message = notice.publication.publisher, message_for(delivery)
    stop = stop_address(notice, recipient) if notice.stream == Stream.FOLLOWERS else ""
    values = {"address": recipient.email, "stop": stop}
    return Mail(
        sender_name=publisher.sender_name,
        sender_email=notice.sender_email,
        reply_to=publisher.contact,
        recipient_name=recipient.name,
        recipient_email=recipient.email,
        subject=message.subject,
        text=message.text,
        html=message.html,
        message_id=delivery.message_id,
        sent_at=sent_at,
        slots=tuple((slot(name, message.slot_token), values[name]) for name in SLOTS),
        headers=tuple(stream_headers(notice, recipient).items()),
    )


def message_for(delivery):
    """The wording in the recipient's language where there is one, else in the policy's.

    The policy's own is the first that was stored.
    """
    messages, language = delivery.notice.wordings, delivery.recipient.language
    first = next(iter(messages.values()))
    return messages.get(language) or messages.get(language.partition("-")[0]) or first
