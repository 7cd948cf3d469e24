"""What one change must keep: the promise in force and the presets chosen, the strictest of each.

Every demand says which rule makes it. Rules that cannot be met together raise
`Conflict`, which names both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from documents.comparison import Significance

from .dates import (
    add_period,
    first_day_after,
    first_day_to_tell,
    last_day_to_tell,
    legal_day,
    start_of_day,
)
from .vocabulary import (
    RECEIPT_DAYS,
    AllOf,
    Channel,
    ClockStart,
    Consent,
    ConsentKind,
    Formula,
    Ground,
    Promise,
    Timing,
    Trigger,
    plans,
    satisfied,
    triggered,
)

NO_CONSENT = Consent()


@dataclass(frozen=True)
class Rule:
    """One source of demands. ``source``: a preset's id, or empty for the promise in force."""

    source: str
    trigger: Trigger
    channels: Formula
    timing: Timing
    clock_start: ClockStart = ClockStart.ACCEPTED
    exceptions: tuple[Ground, ...] = ()
    consent: Consent = NO_CONSENT

    @property
    def receipt(self) -> timedelta:
        """How long after its acceptance a mail counts as having arrived, by this rule."""
        days = RECEIPT_DAYS if self.clock_start is ClockStart.RECEIVED else 0
        return timedelta(days=days)

    def first_day(self, told_on: date) -> date:
        """The earliest effect for somebody told on this day."""
        period = self.timing.period
        return first_day_after(told_on + self.receipt, period) if period else told_on

    def last_day(self, told_on: date) -> date | None:
        """The latest effect for somebody told on this day; None where there is no limit."""
        return add_period(told_on, self.timing.at_most) if self.timing.at_most else None


class Conflict(ValueError):
    """Two rules of which one asks for more time than the other allows."""

    def __init__(self, least: Rule, most: Rule) -> None:
        super().__init__(f"{least.source or 'promise'} against {most.source or 'promise'}")
        self.least, self.most = least, most


@dataclass(frozen=True)
class Window:
    """When everyone must be told: from ``opens_at`` (if any) on, and before ``closes_at``."""

    opens_at: datetime | None
    closes_at: datetime


@dataclass(frozen=True)
class Demands:
    """The rules that one change must keep. Empty: it may take effect at once."""

    rules: tuple[Rule, ...] = ()

    @property
    def channels(self) -> Formula | None:
        if not self.rules:
            return None
        return AllOf(tuple(dict.fromkeys(rule.channels for rule in self.rules)))

    @property
    def has_period(self) -> bool:
        """Whether people are owed any time between the notice and the effect."""
        return any(rule.timing.period for rule in self.rules)

    @property
    def consent(self) -> Consent:
        """The strictest of what the rules say of people's agreement."""
        order = list(ConsentKind)
        consents = (rule.consent for rule in self.rules)
        return max(consents, key=lambda each: order.index(each.kind), default=NO_CONSENT)

    @property
    def plans(self) -> tuple[frozenset[Channel], ...]:
        """The smallest sets of channels that keep every rule; posting always happens."""
        if self.channels is None:
            return (frozenset([Channel.POSTING]),)
        return tuple(plan | {Channel.POSTING} for plan in plans(self.channels))

    def allows(self, channels: Iterable[Channel]) -> bool:
        return self.channels is None or satisfied(self.channels, channels)

    @property
    def clock_start(self) -> ClockStart:
        """The strictest of the rules'. Receipt is counted in days, so acceptance measures it."""
        starts = {rule.clock_start for rule in self.rules}
        if ClockStart.ACCEPTED in starts or ClockStart.RECEIVED in starts:
            return ClockStart.ACCEPTED
        return ClockStart.DISPATCHED if ClockStart.DISPATCHED in starts else ClockStart.POSTED

    def earliest_effective_on(self, told_on: date) -> date:
        """First legal day of effect for people told on this day."""
        return max([told_on, *(rule.first_day(told_on) for rule in self.rules)])

    def latest_effective_on(self, told_on: date) -> date | None:
        """Last legal day of effect for people told on this day; None where nothing limits it."""
        return min(filter(None, (rule.last_day(told_on) for rule in self.rules)), default=None)

    def earliest_effective_at(self, announced_at: datetime, zone: ZoneInfo) -> datetime:
        """First instant at which a change announced now may take effect: now, or a day's first."""
        told_on = legal_day(announced_at, zone)
        earliest = self.earliest_effective_on(told_on)
        return max(announced_at, start_of_day(earliest, zone))

    def latest_effective_at(self, announced_at: datetime, zone: ZoneInfo) -> datetime | None:
        """First instant that is too late for people told from now on; None without a limit."""
        latest = self.latest_effective_on(legal_day(announced_at, zone))
        return start_of_day(latest + timedelta(days=1), zone) if latest else None

    def binding_on(self, told_on: date) -> Rule | None:
        """The rule that makes the earliest day what it is; None where none does."""
        earliest = self.earliest_effective_on(told_on)
        rules = (rule for rule in self.rules if rule.first_day(told_on) == earliest)
        return next(rules, None) if earliest > told_on else None

    def require_possible(self, told_on: date) -> None:
        """Raise Conflict if no day suits every rule for people told on this day."""
        for most in self.rules:
            latest = most.last_day(told_on)
            for least in self.rules:
                if latest and least.first_day(told_on) > latest:
                    raise Conflict(least, most)

    def window(self, effective_at: datetime, zone: ZoneInfo) -> Window:
        """When to tell everyone of a change that takes effect at this instant."""
        day = legal_day(effective_at, zone)
        closes_at, first = effective_at, []
        for rule in self.rules:
            if period := rule.timing.period:
                last = last_day_to_tell(day, period) - rule.receipt
                closes_at = min(closes_at, start_of_day(last + timedelta(days=1), zone))
            if rule.timing.at_most:
                first.append(first_day_to_tell(day, rule.timing.at_most))
        return Window(start_of_day(max(first), zone) if first else None, closes_at)


def demands_on(
    promise: Promise | None,
    presets: Iterable[Rule],
    significance: Significance,
    ground: Ground | None = None,
) -> Demands:
    """What a change must keep.

    promise: the one in force; None while nothing is in force, when a first
    text changes nothing for anybody. ground: the exception that is claimed; it
    frees from those rules alone that name it.
    """
    if promise is None:
        return Demands()
    rules = [rule_of(promise), *presets]
    return Demands(
        tuple(
            rule
            for rule in rules
            if triggered(rule.trigger, significance) and ground not in rule.exceptions
        )
    )


def rule_of(promise: Promise) -> Rule:
    """The promise as one rule among others."""
    return Rule(
        source="",
        trigger=promise.trigger,
        channels=promise.channels,
        timing=promise.timing,
        clock_start=promise.clock_start,
        exceptions=promise.exceptions,
        consent=promise.consent,
    )
