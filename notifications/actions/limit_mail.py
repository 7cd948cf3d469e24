"""Set how much mail may go out. For all publishers, so administrators alone may."""

from datetime import UTC, timedelta

from django.db import transaction

from documents.errors import InvalidInput
from legalcms import clock
from notifications.errors import NotAnAdministrator
from notifications.mime_headers import ascii_domain
from notifications.models import Rate, WarmUpDay

MOST = 10_000_000


@transaction.atomic
def limit_rate(*, domain, most, by):
    """At most ``most`` messages a minute to one domain, or to all (Rate.ALL); 0: no limit.

    Raises InvalidInput, NotAnAdministrator.
    """
    _require_administrator(by)
    _require_number("rate", most)
    if domain != Rate.ALL:
        try:
            domain = ascii_domain(domain.lower())
        except ValueError as error:
            raise InvalidInput(field="domain", problem=f"{domain!r}: {error}") from error
    if most:
        Rate.objects.update_or_create(domain=domain, defaults={"most": most})
    else:
        Rate.objects.filter(domain=domain).delete()


@transaction.atomic
def plan_warm_up(*, caps, by):
    """caps: messages on today, in UTC, and on each day after. Replaces what is left of a plan.

    What was sent today under a plan counts on. Raises InvalidInput, NotAnAdministrator.
    """
    _require_administrator(by)
    for most in caps:
        _require_number("warm-up", most)
    today = clock.now().astimezone(UTC).date()
    WarmUpDay.objects.filter(on__gte=today + timedelta(days=len(caps))).delete()
    for place, most in enumerate(caps):
        on = today + timedelta(days=place)
        WarmUpDay.objects.update_or_create(on=on, defaults={"most": most})


def _require_administrator(user):
    if not user.is_superuser:
        raise NotAnAdministrator(user=user.get_username())


def _require_number(field, most):
    if not 0 <= most <= MOST:
        raise InvalidInput(field=field, problem=f"between 0 and {MOST}")
