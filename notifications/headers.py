"""What mail programs read of a notice: which stream it is, and how to stop it where one may.

Source: RFC 8058 for one click, RFC 2919 for the name of a list, RFC 2369 for whom to ask. Whoever
signs mail by DKIM must cover both List-Unsubscribe headers. All follows from notice, recipient
and publisher, for a certificate makes the same bytes again.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from documents import links
from notifications import tokens
from notifications.models.notices import Stream


def stream_headers(notice, recipient):
    """Header → value. What is owed by a promise has a name, and nothing to stop it by."""
    publisher = notice.publication.publisher
    asking = f"<mailto:{publisher.contact}>"
    headers = {"List-Help": asking, "List-Owner": asking}
    if notice.stream == Stream.PROMISED:
        return {"List-Id": list_id("notices", publisher.slug)} | headers
    headers = {"List-Id": list_id("followers", publisher.slug)} | headers
    if address := stop_address(notice, recipient):
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def list_id(name, slug):
    return f"<{name}.{slug}.{urlsplit(settings.BASE_URL).hostname}>"


def stop_address(notice, recipient):
    """The full address at which this person stops following, the same each time it is asked.

    Empty where nothing is left to stop: the person was erased.
    """
    follow = recipient.follows.filter(policy__key=notice.publication.proposal["policy"]).first()
    if follow is None:
        return ""
    made = tokens.token(tokens.STOP, follow.pk, notice.opened_at)
    return links.absolute(reverse("follow_stop", args=[made]))
