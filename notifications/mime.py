"""The bytes of one mail. Pure: equal input gives equal bytes, so that their hash is proof.

A recipe is a way to write a Mail down. Attempts name theirs, so that bytes that
were sent years ago can be made again: a recipe is never changed, only followed
by another. The newest makes once what all recipients of a wording share
(mime_letter.py); the first wrote each mail from nothing (mime_first.py).
"""

from notifications.mail import Mail
from notifications.mime_first import build_first
from notifications.mime_letter import build_letter

__all__ = ["NEWEST", "Mail", "build"]

RECIPES = {1: build_first, 2: build_letter}
NEWEST = max(RECIPES)


def build(mail: Mail, recipe: int = NEWEST) -> bytes:
    """The message with CRLF line ends.

    Raises ValueError for what is no address, and for a header that would break.
    """
    return RECIPES[recipe](mail)
