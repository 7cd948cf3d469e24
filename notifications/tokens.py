"""Links that act for whoever holds them, for one purpose each.

Signed, not stored, and made from the record alone: the mail that carries one
can be made again byte for byte. They name rows, never a person.
"""

from datetime import UTC, datetime, timedelta

from django.core import signing

CONFIRM = "notifications.follow.confirm"
STOP = "notifications.follow.stop"
LIFETIME = {CONFIRM: timedelta(days=7), STOP: timedelta(days=365)}


class Unreadable(ValueError):
    """Not one of ours, or for another purpose."""


class Expired(ValueError):
    """One of ours, too old to act. ``pk``: the row that it names."""

    def __init__(self, pk):
        super().__init__("expired")
        self.pk = pk


def token(purpose, pk, made_at):
    return signing.Signer(salt=purpose).sign_object([pk, int(made_at.timestamp())])


def read(purpose, text, at):
    """The row that a token names. Raises Unreadable and Expired."""
    try:
        pk, made = signing.Signer(salt=purpose).unsign_object(text)
    except (signing.BadSignature, ValueError) as problem:
        raise Unreadable from problem
    if datetime.fromtimestamp(made, UTC) + LIFETIME[purpose] < at:
        raise Expired(pk)
    return pk
