"""Whether somebody has had the whole of a period, counted in another way than the product does.

The product adds a period to a day; here the days between two days are looked
at, so that a fault in one is not repeated in the other.
"""

from datetime import timedelta
from functools import cache

import holidays

from documents.promises import Unit

ONE_DAY = timedelta(days=1)


def has_whole_period(told_on, effective_on, period):
    """Whether the period lies between the day of the notice and the day of the effect.

    Neither of the two days counts.
    """
    last = effective_on - ONE_DAY
    if last < told_on:
        return False
    if period.unit is Unit.MONTHS:
        return whole_months(told_on, last) >= period.count
    between = (told_on + timedelta(days=n) for n in range(1, (last - told_on).days + 1))
    if period.unit is Unit.DAYS:
        return sum(1 for _day in between) >= period.count
    return sum(is_worked(day, period.calendar) for day in between) >= period.count


def whole_months(start, end):
    """How many calendar months have ended between two days.

    The last one ends on the day of the same figure, or with its own last day.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    is_last_of_month = (end + ONE_DAY).month != end.month
    return months - (end.day < start.day and not is_last_of_month)


def is_worked(day, region):
    return day.isoweekday() <= 5 and day not in public_holidays(region)


@cache
def public_holidays(region):
    """Of all years that the tests look at."""
    if not region:
        return frozenset()
    country, _dash, part = region.partition("-")
    years = range(2023, 2036)
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=years))
