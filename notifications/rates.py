"""How many messages may go now: in all, to one domain, and on a day of a warm-up. Rows.

What is taken is written in the transaction that claims, so that neither a
restart nor a second worker finds more than there is.
"""

from collections import defaultdict
from datetime import UTC, timedelta

from notifications.mime_headers import ascii_domain
from notifications.models import Rate, WarmUpDay
from notifications.schedule import allowance, taken


class Rates:
    """The rates as they stand, locked until the transaction ends."""

    def __init__(self, now):
        self.now = now
        self._rates = {
            rate.domain: rate for rate in Rate.objects.select_for_update().order_by("domain")
        }
        days = WarmUpDay.objects.select_for_update()
        self._day = days.filter(on=now.astimezone(UTC).date()).first()

    def room(self, limit):
        """How many of ``limit`` messages may go now in all."""
        if rate := self._rates.get(Rate.ALL):
            limit = min(limit, allowance(*_facts(rate), self.now))
        if self._day:
            limit = min(limit, max(0, self._day.most - self._day.used))
        return limit

    def put_off(self, deliveries):
        """(those that may go now, those that may not yet with their new due_at)."""
        if not self._rates.keys() - {Rate.ALL}:
            return deliveries, []
        by_domain = defaultdict(list)
        for delivery in deliveries:
            by_domain[_domain(delivery)].append(delivery)
        go, later = [], []
        for domain, theirs in by_domain.items():
            rate = self._rates.get(domain)
            number = allowance(*_facts(rate), self.now) if rate else len(theirs)
            go += theirs[:number]
            for place, delivery in enumerate(theirs[number:], start=number):
                delivery.due_at = taken(place, *_facts(rate), self.now)
                later.append(delivery)
        return go, later

    def take(self, deliveries):
        """These go now."""
        numbers = defaultdict(int, {Rate.ALL: len(deliveries)})
        if self._rates.keys() - {Rate.ALL}:
            for delivery in deliveries:
                numbers[_domain(delivery)] += 1
        for domain, rate in self._rates.items():
            if numbers[domain]:
                rate.free_at = taken(numbers[domain], *_facts(rate), self.now)
                rate.save(update_fields=["free_at"])
        if self._day and deliveries:
            self._day.used += len(deliveries)
            self._day.save(update_fields=["used"])


def _facts(rate):
    return rate.most, timedelta(seconds=rate.seconds), rate.free_at


def _domain(delivery):
    domain = delivery.recipient.email.rpartition("@")[2].lower()
    try:
        return ascii_domain(domain)
    except ValueError:
        return domain
