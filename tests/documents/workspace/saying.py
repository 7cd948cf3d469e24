"""What a screen told the person."""

from django.contrib.messages import get_messages


def said(response):
    """The messages of a response, one after the other."""
    messages = get_messages(response.wsgi_request)
    return " ".join(" ".join(str(message).split()) for message in messages)
