"""Keep how a record was found, so that it shows when it does not hold, or nobody looks."""

from legalcms import clock
from notifications.models import Verification


def note_verification(*, publisher, problem):
    """problem: the first thing that does not hold, or an empty text."""
    Verification.objects.update_or_create(
        publisher=publisher, defaults={"verified_at": clock.now(), "problem": problem}
    )
