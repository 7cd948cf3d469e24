"""One certificate, read from the record."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from documents.errors import InvalidInput
from documents.promises import legal_day, start_of_day
from documents.promises.dates import ONE_DAY

from . import log as evidence_log
from .mails import mails
from .site_notices import site_notices
from .texts import announced_on, in_force_on
from .untold import untold
from .vocabulary import Certificate, Day, Issuer, Person

EARLIEST = date(1970, 1, 1)


def certificate(recipient, policy, on, at, *, most_lines=None):
    """What was in force on a legal day, and what one person was told of it. Raises InvalidInput.

    at: when it is made; a day that is not over is told as far as it has come.
    most_lines: how many lines of proof to read before leaving the others unread.
    """
    day = day_of(policy.publisher, on, at)
    log = evidence_log.Log(policy)
    at_start, changes = in_force_on(policy, day, log)
    made = Certificate(
        person=_person(recipient),
        issuer=_issuer(policy.publisher),
        policy=policy.slug,
        title=policy.title,
        day=day,
        at_start=at_start,
        changes=changes,
        announced=announced_on(policy, day, log),
        mails=mails(recipient, policy, day, log, most_lines),
        untold=untold(recipient, policy, day),
        site_notices=site_notices(policy, day, log),
    )
    last = max((line.seq for line in made.log_lines), default=0)
    return replace(made, head=evidence_log.head(policy.publisher, up_to=last))


def day_of(publisher, on, at):
    """The legal Day of a publisher. Raises InvalidInput."""
    require_day(publisher, on, at)
    zone = publisher.zone
    return Day(on, start_of_day(on, zone), start_of_day(on + ONE_DAY, zone), at)


def require_day(publisher, on, at):
    """Raises InvalidInput for a day that has not come, and for one before all records."""
    if on > legal_day(at, publisher.zone):
        raise InvalidInput(field="on", problem=_("This day has not come yet."))
    if on < EARLIEST:
        raise InvalidInput(field="on", problem=_("Choose a day after 1970."))


def _person(recipient):
    return Person(
        email=recipient.email,
        name=recipient.name,
        joined_at=recipient.joined_at,
        left_at=recipient.left_at,
        suppressed_at=recipient.suppressed_at,
        erased_at=recipient.erased_at,
    )


def _issuer(publisher):
    return Issuer(publisher.slug, publisher.name, publisher.legal_entity, publisher.time_zone)
