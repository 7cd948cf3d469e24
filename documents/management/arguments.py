"""Arguments that several commands share."""

import math
from argparse import ArgumentTypeError
from datetime import date

from documents.permissions import user_named
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


def legal_day(text):
    """A date such as 2026-03-01. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a date; write it as 2026-03-01") from None


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
