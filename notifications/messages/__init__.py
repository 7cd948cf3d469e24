"""What a notice says: rendered once per language with named slots, stored and hashed.

An Occasion (occasions.py) is what a notice is about, announced or not yet; its changes
(changes.py) and what people can do (rights.py) are told in one language (rendering.py). What is
rendered is a Wording (wording.py), and sending only fills its slots (mails.py). Here are no
screens, and nothing is written.
"""

from .mails import mail_for, message_for
from .occasions import Occasion, occasion_of
from .rendering import languages, render
from .wording import SLOTS, Wording, fill, slot, wording_of

__all__ = [
    "SLOTS",
    "Occasion",
    "Wording",
    "fill",
    "languages",
    "mail_for",
    "message_for",
    "occasion_of",
    "render",
    "slot",
    "wording_of",
]
