"""Promises and rules to test with, and the strategies that make any."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from documents.promises import (
    AllOf,
    AnyOf,
    AudienceRole,
    Availability,
    Basis,
    Channel,
    ClockStart,
    Consent,
    ConsentKind,
    Demands,
    Ground,
    Period,
    Promise,
    Rule,
    Term,
    Timing,
    Trigger,
    Unit,
    When,
    resting_on,
)

PARIS = ZoneInfo("Europe/Paris")
COUNSEL = Basis(interpretation_by="Jeanne Martin, counsel")
BEFORE = Timing(When.BEFORE_EFFECT)
ON_POSTING = Timing(When.ON_POSTING)


def before(count, unit=Unit.DAYS, calendar=""):
    """A Timing with a number."""
    return Timing(When.BEFORE_EFFECT, Period(count, unit, calendar))


def promise(trigger=Trigger.MATERIAL, channels=Channel.EMAIL, timing=BEFORE, **terms):
    """A usable promise that rests on an interpretation, with the terms given."""
    return Promise(trigger, channels, timing, **({"bases": resting_on(COUNSEL)} | terms))


def rule(source="", channels=Channel.EMAIL, timing=BEFORE, trigger=Trigger.ANY, **terms):
    return Rule(source, trigger, channels, timing, **terms)


# Zones with an offset by half an hour, clocks set forward at midnight, and both ends of the day.
zones = st.sampled_from(
    [
        "America/Santiago",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Etc/GMT+12",
        "Europe/Paris",
        "Pacific/Kiritimati",
        "UTC",
    ]
).map(ZoneInfo)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))

channel_sets = st.frozensets(st.sampled_from(Channel))
formulas = st.recursive(
    st.sampled_from(Channel),
    lambda parts: st.builds(
        lambda kind, some: kind(tuple(some)),
        st.sampled_from([AnyOf, AllOf]),
        st.lists(parts, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
periods = (
    st.builds(Period, st.integers(0, 90))
    | st.builds(
        Period, st.integers(0, 30), st.just(Unit.WORKING_DAYS), st.sampled_from(["", "FR", "DE-BY"])
    )
    | st.builds(Period, st.integers(0, 6), st.just(Unit.MONTHS))
)
timings_before = st.builds(Timing, st.just(When.BEFORE_EFFECT), st.none() | periods)
rules = st.builds(
    Rule,
    source=st.sampled_from("abc"),
    trigger=st.sampled_from(Trigger),
    channels=formulas,
    timing=timings_before,
    clock_start=st.sampled_from(ClockStart),
)
demands = st.lists(rules, min_size=1, max_size=3).map(lambda some: Demands(tuple(some)))

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
bases = st.builds(Basis, words, words, words)
any_timing = st.just(ON_POSTING) | st.builds(
    Timing, st.just(When.BEFORE_EFFECT), st.none() | periods, st.none() | periods
)


@st.composite
def promises(draw):
    """Any promise whose terms go together."""
    timing = draw(any_timing)
    channels = draw(formulas)
    if timing == ON_POSTING:
        channels = draw(st.sampled_from([Channel.POSTING, AnyOf((channels, Channel.POSTING))]))
    posted = st.sampled_from([Channel.POSTING, AnyOf((Channel.EMAIL, Channel.POSTING))])
    return Promise(
        trigger=draw(st.sampled_from(Trigger)),
        channels=channels,
        timing=timing,
        bases=draw(st.fixed_dictionaries(dict.fromkeys(Term, bases))),
        clock_start=draw(st.sampled_from(ClockStart)),
        otherwise=draw(st.none() | posted),
        exceptions=tuple(draw(st.lists(st.sampled_from(Ground), unique=True))),
        consent=draw(st.builds(Consent, st.sampled_from(ConsentKind), st.none() | periods)),
        audience=tuple(draw(st.lists(st.sampled_from(AudienceRole), min_size=1, unique=True))),
        availability=draw(st.sampled_from(Availability)),
    )
