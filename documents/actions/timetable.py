"""From a proposal to its timetable: when it takes effect, who must be told how, and by when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from documents import queries, wording
from documents.comparison import Significance
from documents.errors import (
    ChannelsNotEnough,
    ConflictingRules,
    DateInThePast,
    DateTooEarly,
    DateTooLate,
    InvalidInput,
)
from documents.promises import (
    TELLING,
    URGENT_GROUNDS,
    AmbiguousTime,
    Channel,
    ClockStart,
    Conflict,
    Demands,
    Effect,
    Ground,
    SkippedTime,
    Window,
    legal_day,
)

YEARS = range(1970, 2300)  # far from the ends of what dates and periods can be counted in


@dataclass(frozen=True)
class Timetable:
    """What announcing a change now would set.

    channels: by which people are told; waits: whether it may take effect only
    once they are; promise_kept: False where it takes effect against a rule.
    """

    effective_at: datetime
    effective_local: str
    channels: tuple[Channel, ...]
    demands: Demands
    waits: bool
    promise_kept: bool
    window: Window | None

    @property
    def notice_required(self) -> bool:
        return bool(TELLING.intersection(self.channels))

    @property
    def clock_start(self) -> ClockStart:
        return self.demands.clock_start


@dataclass(frozen=True)
class Plan:
    """What a person decides about a change, beside its text. ``channels`` None: the first that do.

    ground: the exception that is claimed, or None.
    """

    significance: Significance
    effect: Effect
    channels: tuple[Channel, ...] | None = None
    ground: Ground | None = None


def timetable(policy, plan, presets, at):
    """The Timetable of a change announced at an instant. presets: ids.

    Raises what stands in the way: DateInThePast, DateTooEarly, DateTooLate,
    ConflictingRules, ChannelsNotEnough, InvalidInput.
    """
    zone = policy.publisher.zone
    demands = queries.demands(policy, plan.significance, at, presets, plan.ground)
    require_possible(demands, legal_day(at, zone))
    effective_at = instant(plan.effect, at, zone)
    require_not_past(plan.effect, effective_at, at, zone)
    is_early = effective_at < demands.earliest_effective_at(at, zone)
    if is_early and plan.ground not in URGENT_GROUNDS:
        raise DateTooEarly(
            asked=wording.moment(effective_at, zone),
            earliest=wording.day(demands.earliest_effective_on(legal_day(at, zone))),
            why=wording.why_this_early(
                queries.promise_in_force(policy, at), demands, legal_day(at, zone)
            ),
        )
    require_not_late(demands, effective_at, at, zone)
    # Whoever is excepted from waiting is told all the same, on the same day.
    owed = queries.demands(policy, plan.significance, at, presets)
    channels = chosen(owed, plan.channels)
    waits = demands.has_period and not is_early and bool(TELLING.intersection(channels))
    return Timetable(
        effective_at=effective_at,
        effective_local=plan.effect.local,
        channels=channels,
        demands=demands,
        waits=waits,
        promise_kept=not is_early,
        window=demands.window(effective_at, zone) if waits else None,
    )


def earliest_effect(policy, significance, presets, at, ground=None):
    """The Effect to offer: when announced if nothing has to be waited for, else the first day."""
    zone = policy.publisher.zone
    demands = queries.demands(policy, significance, at, presets, ground)
    today = legal_day(at, zone)
    if ground in URGENT_GROUNDS or demands.earliest_effective_on(today) == today:
        return Effect()
    return Effect(demands.earliest_effective_on(today))


def instant(effect, at, zone):
    """The instant of an Effect; clearly refuses a time that does not exist or exists twice."""
    if effect.on is not None and effect.on.year not in YEARS:
        raise InvalidInput(field="effective_on", problem=_("This year is outside the calendar."))
    try:
        return effect.instant(at, zone)
    except SkippedTime as skipped:
        raise InvalidInput(
            field="effective_time",
            problem=wording.skipped_time(effect, skipped.next_at, zone),
        ) from None
    except AmbiguousTime:
        raise InvalidInput(
            field="effective_time", problem=wording.ambiguous_time(effect, zone)
        ) from None


def require_not_past(effect, effective_at, at, zone):
    if effective_at < at:
        is_day = effect.at is None
        asked = wording.day(effect.on) if is_day else wording.moment(effective_at, zone)
        raise DateInThePast(asked=asked)


def require_possible(demands, told_on):
    """Raises ConflictingRules with both reasons."""
    try:
        demands.require_possible(told_on)
    except Conflict as conflict:
        raise ConflictingRules(
            least=wording.rule_sentence(conflict.least), most=wording.rule_sentence(conflict.most)
        ) from None


def require_not_late(demands, effective_at, at, zone):
    latest = demands.latest_effective_at(at, zone)
    if latest and effective_at >= latest:
        told_on = legal_day(at, zone)
        last = demands.latest_effective_on(told_on)
        rule = next(rule for rule in demands.rules if rule.last_day(told_on) == last)
        raise DateTooLate(
            asked=wording.moment(effective_at, zone),
            latest=wording.day(last),
            why=wording.rule_sentence(rule),
        )


def chosen(demands, channels):
    """The channels to tell people by: what was chosen, or the first set that keeps every rule."""
    if channels is None:
        return ordered(demands.plans[0])
    if not demands.allows(channels):
        raise ChannelsNotEnough(needed=wording.formula_words(demands.channels))
    return ordered({*channels, Channel.POSTING})


def ordered(channels):
    return tuple(channel for channel in Channel if channel in channels)
