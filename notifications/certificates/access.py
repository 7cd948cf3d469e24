"""Who may open a certificate, and the note that somebody did: it is a read of personal data."""

import logging

from documents.permissions import may, require

logger = logging.getLogger("notifications")
ACTS = ("audit", "manage_recipients")


def may_certify(user, publisher):
    return any(may(user, act, publisher) for act in ACTS)


def require_certifier(user, publisher):
    """Raise NotAllowed unless the user may."""
    if not may_certify(user, publisher):
        require(user, "audit", publisher)


def note_reading(*, by, recipient, what):
    """Log it by keys alone: an address in a log file would be one more to erase."""
    logger.info("User %s read the %s of recipient %s", by.pk, what, recipient.pk)
