"""The mails that tell the team of an alarm. They come from the software, not from a publisher."""

from email.utils import parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from documents import links
from notifications.mime import Mail, build

FOLDER = "notifications/watching"


def sender():
    """The address that letters come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def written(letter, now):
    """The bytes of one letter to ``letter.address``. Raises ValueError for what is no address."""
    alarm, name = letter.alarm, parseaddr(settings.DEFAULT_FROM_EMAIL)[0]
    title = f"{alarm.publisher.name}: {alarm.title}" if alarm.publisher else alarm.title
    context = {
        "alarm": alarm,
        "is_end": letter.is_end,
        "title": title,
        "since": f"{alarm.opened_at:%Y-%m-%d %H:%M} UTC",
        "home_url": links.absolute(reverse("wagtailadmin_home")),
    }
    text = render_to_string(f"{FOLDER}/letter.txt", context)
    return build(
        Mail(
            sender_name=name,
            sender_email=sender(),
            reply_to=sender(),
            recipient_name="",
            recipient_email=letter.address,
            subject=_("Over: %(title)s") % {"title": title} if letter.is_end else title,
            text=text,
            html=render_to_string(f"{FOLDER}/letter.html", context | {"text": text}),
            message_id=f"<alarm.{letter.pk}@{sender().rpartition('@')[2]}>",
            sent_at=now,
        )
    )
