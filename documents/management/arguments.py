"""Arguments that several commands share."""

import math
import re
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _

from documents.errors import InvalidInput
from documents.permissions import user_named
from documents.promises import AmbiguousTime, Effect, SkippedTime, start_of_day, wall_clock
from documents.queries import policy_named, publisher_named

LONGEST_WAIT = 3600  # seconds; what is due should not wait longer for a worker


def add_policy_arguments(parser):
    parser.add_argument("--publisher", required=True, metavar="SLUG")
    parser.add_argument("--policy", required=True, metavar="SLUG")
    add_by_argument(parser)


def add_by_argument(parser):
    parser.add_argument("--by", required=True, metavar="USER", help="who does this")
    parser.add_argument("--json", action="store_true", help="report as JSON")


def policy_and_user(options):
    """(Policy, User) behind the shared arguments. Raises NotFound."""
    user = user_named(options["by"])
    return policy_named(publisher_named(options["publisher"]), options["policy"]), user


def add_effect_arguments(parser, *, required=False):
    parser.add_argument(
        "--effective-on",
        type=legal_day,
        required=required,
        metavar="DATE",
        help="legal day such as 2026-03-01" if required else "default: as early as is allowed",
    )
    parser.add_argument(
        "--effective-time", type=time_of_day, metavar="HH:MM", help="default: when the day begins"
    )
    parser.add_argument(
        "--which",
        choices=["earlier", "later"],
        help="of the two, where clocks show that time twice",
    )


def effect_of(options):
    """The Effect behind add_effect_arguments; None where no day is named."""
    if options["effective_on"] is None:
        return None
    later = {None: None, "earlier": False, "later": True}[options["which"]]
    return Effect(options["effective_on"], options["effective_time"], later)


def time_of_day(text):
    """A time such as 09:00. Raises ArgumentTypeError."""
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a time of day; write it as 09:00") from None


def legal_day(text):
    """A date such as 2026-03-01. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a date; write it as 2026-03-01") from None


def instant_named(text, zone):
    """The instant that a date (its first) or an ISO 8601 time names; in ``zone`` without an offset.

    Raises InvalidInput, also where the zone’s clocks skip that time or show it twice.
    """
    try:
        return _instant(text, zone)
    except (SkippedTime, AmbiguousTime):
        problem = _("Clocks in %(zone)s skip “%(text)s” or show it twice: add its offset to UTC.")
    except (ValueError, OverflowError):
        problem = _("“%(text)s” is not an instant; write it as 2026-03-01 or 2026-03-01T09:00.")
    raise InvalidInput(field="at", problem=problem % {"text": text, "zone": zone.key})


def _instant(text, zone):
    try:
        return start_of_day(date.fromisoformat(text), zone)
    except ValueError:
        named = datetime.fromisoformat(text)
    if named.tzinfo is not None:
        return named.astimezone(UTC)
    return wall_clock(named.date(), named.time(), zone)


def seconds(text):
    """A number of seconds above 0, at most LONGEST_WAIT. Raises ArgumentTypeError."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number <= LONGEST_WAIT:
        raise ArgumentTypeError(
            f"“{text}” is not a number of seconds above 0 and up to {LONGEST_WAIT}"
        )
    return number


def port(text):
    """A TCP port. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        raise ArgumentTypeError(f"“{text}” is not a port; it is a number from 1 to 65535")
    return int(text)


def version_name(text):
    """(slug of the policy, number) behind a name such as privacy@3. Raises ArgumentTypeError."""
    found = re.fullmatch(r"([^\0]+)@([1-9][0-9]{0,8})", text)
    if not found:
        raise ArgumentTypeError(f"“{text}” is not a version; write it as privacy@3")
    return found[1], int(found[2])
