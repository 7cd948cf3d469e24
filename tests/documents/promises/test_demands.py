"""What a change must keep: R-40 notice per person, the strictest of rules, and rules that clash."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from documents.comparison import Significance
from documents.promises import (
    AllOf,
    AnyOf,
    Channel,
    ClockStart,
    Conflict,
    Consent,
    ConsentKind,
    Demands,
    Ground,
    Period,
    Timing,
    Trigger,
    Unit,
    When,
    demands_on,
    legal_day,
    preset,
    start_of_day,
)
from documents.promises.demands import rule_of

from .owed import ONE_DAY, has_whole_period
from .terms import (
    BEFORE,
    ON_POSTING,
    PARIS,
    before,
    channel_sets,
    demands,
    formulas,
    instants,
    promise,
    rule,
    rules,
    zones,
)

EMAIL, SITE_NOTICE, POSTING = Channel.EMAIL, Channel.SITE_NOTICE, Channel.POSTING
MATERIAL = Significance.MATERIAL
TOLD_ON = date(2026, 3, 10)
TICK = timedelta(microseconds=1)


def within(least, most, unit=Unit.DAYS):
    """At least so much notice, at most so much."""
    return Timing(When.BEFORE_EFFECT, Period(least, unit), Period(most, unit))


# Which rules


def test_a_first_text_demands_nothing_whatever_the_presets():
    assert demands_on(None, [rule("law")], MATERIAL) == Demands()


def test_the_promise_and_every_preset_that_is_pulled_make_demands():
    kept = promise(trigger=Trigger.MATERIAL)
    law, other = rule("law"), rule("other", trigger=Trigger.MATERIAL)
    assert demands_on(kept, [law, other], MATERIAL).rules == (rule_of(kept), law, other)
    assert demands_on(kept, [law, other], Significance.MINOR).rules == (law,)
    assert demands_on(kept, [law, other], Significance.EDITORIAL).rules == (law,)


@pytest.mark.parametrize(
    ("ground", "sources"),
    [
        (None, ["", "law", "other"]),
        (Ground.SECURITY, ["other"]),
        (Ground.BENEFICIAL, ["", "other"]),
        (Ground.REQUIRED_BY_LAW, ["", "law"]),
        (Ground.EDITORIAL, ["", "law", "other"]),
    ],
)
def test_an_exception_frees_from_the_rules_that_name_it_and_from_no_other(ground, sources):
    kept = promise(exceptions=(Ground.SECURITY,))
    presets = [
        rule("law", exceptions=(Ground.SECURITY, Ground.BENEFICIAL)),
        rule("other", exceptions=(Ground.REQUIRED_BY_LAW,)),
    ]
    found = demands_on(kept, presets, MATERIAL, ground)
    assert [each.source for each in found.rules] == sources


def test_nothing_demanded_may_take_effect_at_once_by_posting():
    nothing = Demands()
    at = datetime(2026, 3, 10, 15, 30, tzinfo=UTC)
    assert nothing.earliest_effective_at(at, PARIS) == at
    assert nothing.latest_effective_at(at, PARIS) is None
    assert nothing.binding_on(TOLD_ON) is None
    assert nothing.channels is None
    assert nothing.plans == (frozenset([POSTING]),)
    assert nothing.allows([])


# Channels


def test_every_rule_must_be_kept_by_the_channels_chosen():
    either = rule("either", channels=AnyOf((EMAIL, SITE_NOTICE)))
    both = Demands((either, rule("mail"), rule("mail again")))
    assert both.channels == AllOf((AnyOf((EMAIL, SITE_NOTICE)), EMAIL))
    assert both.plans == (frozenset([EMAIL, POSTING]),)
    assert both.allows([EMAIL])
    assert not both.allows([SITE_NOTICE, POSTING])


@given(demands, channel_sets)
def test_every_plan_is_allowed_and_posts_and_what_is_allowed_keeps_every_rule(found, channels):
    for plan in found.plans:
        assert found.allows(plan)
        assert POSTING in plan
    each = [Demands((one,)).allows(channels) for one in found.rules]
    assert found.allows(channels) is all(each)


# Dates


@pytest.mark.parametrize(
    ("timings", "first"),
    [
        ([ON_POSTING], date(2026, 3, 10)),
        ([before(0)], date(2026, 3, 11)),
        ([before(10)], date(2026, 3, 21)),
        ([BEFORE], date(2026, 4, 10)),
        ([before(1, Unit.MONTHS)], date(2026, 4, 11)),
        ([before(5, Unit.WORKING_DAYS)], date(2026, 3, 18)),
        ([before(10), before(1, Unit.MONTHS), ON_POSTING], date(2026, 4, 11)),
        ([before(60), before(2, Unit.MONTHS)], date(2026, 5, 11)),
    ],
)
def test_the_earliest_day_is_that_of_the_strictest_rule(timings, first):
    found = Demands(tuple(rule(str(n), timing=timing) for n, timing in enumerate(timings)))
    assert found.earliest_effective_on(TOLD_ON) == first


def test_what_counts_from_receipt_is_given_two_days_to_arrive():
    dispatched = Demands((rule(timing=before(10), clock_start=ClockStart.DISPATCHED),))
    received = Demands((rule(timing=before(10), clock_start=ClockStart.RECEIVED),))
    assert dispatched.earliest_effective_on(TOLD_ON) == date(2026, 3, 21)
    assert received.earliest_effective_on(TOLD_ON) == date(2026, 3, 23)
    effective_at = start_of_day(date(2026, 3, 23), PARIS)
    assert dispatched.window(effective_at, PARIS).closes_at == start_of_day(
        date(2026, 3, 13), PARIS
    )
    assert received.window(effective_at, PARIS).closes_at == start_of_day(date(2026, 3, 11), PARIS)


@given(demands, instants, zones)
def test_a_change_takes_effect_at_the_first_instant_of_the_earliest_day(found, at, zone):
    effective_at = found.earliest_effective_at(at, zone)
    assert effective_at > at
    assert effective_at == start_of_day(legal_day(effective_at, zone), zone)
    assert legal_day(effective_at, zone) == found.earliest_effective_on(legal_day(at, zone))


def test_what_takes_effect_on_posting_does_so_at_once_and_not_at_midnight():
    at = datetime(2026, 3, 10, 15, 30, tzinfo=UTC)
    found = Demands((rule(channels=POSTING, timing=ON_POSTING),))
    assert found.earliest_effective_at(at, PARIS) == at


@given(rules, instants, zones)
def test_everybody_told_now_has_the_whole_period_before_the_earliest_effect(one, at, zone):
    told_on = legal_day(at, zone) + one.receipt
    first = Demands((one,)).earliest_effective_on(legal_day(at, zone))
    assert has_whole_period(told_on, first, one.timing.period)
    assert not has_whole_period(told_on, first - ONE_DAY, one.timing.period)


def test_r39_the_same_announcement_has_another_first_day_at_each_end_of_the_world():
    at = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)
    found = Demands((rule(timing=before(10)),))
    first = {
        name: found.earliest_effective_at(at, ZoneInfo(name))
        for name in ("Pacific/Kiritimati", "Etc/GMT+12")
    }
    assert first == {
        "Pacific/Kiritimati": datetime(2026, 3, 12, 10, tzinfo=UTC),  # 13 March there
        "Etc/GMT+12": datetime(2026, 3, 11, 12, tzinfo=UTC),  # 11 March there
    }


def test_the_latest_effect_is_before_the_day_after_the_shortest_limit_ends():
    found = Demands((rule("a", timing=within(1, 60)), rule("b", timing=within(1, 45))))
    at = datetime(2026, 3, 10, 15, 30, tzinfo=UTC)
    assert found.latest_effective_on(TOLD_ON) == date(2026, 4, 24)
    assert found.latest_effective_at(at, PARIS) == start_of_day(date(2026, 4, 25), PARIS)


@given(instants, zones, st.integers(0, 10), st.integers(11, 90))
def test_the_window_opens_for_whoever_is_told_no_earlier_than_the_limit(at, zone, least, most):
    found = Demands((rule(timing=within(least, most)),))
    too_late = found.latest_effective_at(at, zone)
    last, next_day = too_late - TICK, too_late
    assert found.window(last, zone).opens_at <= at
    assert found.window(next_day, zone).opens_at > at


def test_a_window_opens_by_the_tightest_limit_and_on_no_day_where_there_is_none():
    effective_at = start_of_day(date(2026, 6, 1), PARIS)
    tight, wide = within(1, 1, Unit.MONTHS), within(1, 2, Unit.MONTHS)
    found = Demands((rule("a", timing=wide), rule("b", timing=tight)))
    assert found.window(effective_at, PARIS).opens_at == start_of_day(date(2026, 5, 1), PARIS)
    assert Demands((rule(),)).window(effective_at, PARIS).opens_at is None


# Windows


@given(demands, instants, zones)
def test_an_announcement_is_within_the_window_of_the_earliest_effect(found, at, zone):
    window = found.window(found.earliest_effective_at(at, zone), zone)
    assert at < window.closes_at
    assert window.opens_at is None


@given(demands, instants, zones, st.integers(-1, 400), st.integers(0, 86_399))
def test_r40_a_person_has_the_promised_notice_exactly_if_told_before_the_window_closes(
    found, accepted_at, zone, days, seconds
):
    first = found.earliest_effective_at(accepted_at, zone)
    effective_at = first + timedelta(days=days, seconds=seconds)
    has_notice = effective_at >= first
    assert (accepted_at < found.window(effective_at, zone).closes_at) is has_notice


@given(demands, st.lists(instants, min_size=1, max_size=5), zones)
def test_r40_the_last_person_told_decides_for_all(found, accepted_at, zone):
    first = max(found.earliest_effective_at(at, zone) for at in accepted_at)
    assert first == found.earliest_effective_at(max(accepted_at), zone)
    assert max(accepted_at) < found.window(first, zone).closes_at


@pytest.mark.parametrize(
    ("timing", "closes_on"),
    [
        (before(10), date(2026, 3, 21)),
        (before(1, Unit.MONTHS), date(2026, 3, 1)),
        (before(0), date(2026, 3, 31)),
        (BEFORE, date(2026, 3, 1)),
    ],
)
def test_r40_the_whole_period_lies_between_the_window_and_the_effect(timing, closes_on):
    closes_at = start_of_day(closes_on, PARIS)
    for effective_at in (
        datetime(2026, 3, 30, 22, tzinfo=UTC),  # 31 March begins in Paris
        datetime(2026, 3, 31, 21, 59, tzinfo=UTC),  # and ends
    ):
        found = Demands((rule(timing=timing),))
        assert found.window(effective_at, PARIS).closes_at == closes_at


def test_r40_the_strictest_rule_closes_the_window():
    found = Demands((rule("a", timing=before(10)), rule("b", timing=before(20))))
    effective_at = start_of_day(date(2026, 3, 31), PARIS)
    assert found.window(effective_at, PARIS).closes_at == start_of_day(date(2026, 3, 11), PARIS)


def test_without_a_period_people_may_be_told_until_the_effect():
    effective_at = datetime(2026, 3, 10, 15, 30, tzinfo=UTC)
    found = Demands((rule(channels=POSTING, timing=ON_POSTING),))
    assert found.window(effective_at, PARIS).closes_at == effective_at


# Which rule it is


@pytest.mark.parametrize("order", [1, -1])
def test_the_rule_that_makes_the_earliest_day_is_named(order):
    short, long = rule("short", timing=before(10)), rule("long", timing=before(1, Unit.MONTHS))
    found = Demands((short, long)[::order])
    assert found.binding_on(TOLD_ON) == long


def test_which_rule_binds_depends_on_the_day():
    days, month = rule("days", timing=before(30)), rule("month", timing=before(1, Unit.MONTHS))
    found = Demands((days, month))
    assert found.binding_on(date(2026, 2, 10)) == days
    assert found.binding_on(date(2026, 3, 10)) == month


def test_no_rule_binds_what_may_take_effect_at_once():
    assert Demands((rule(channels=POSTING, timing=ON_POSTING),)).binding_on(TOLD_ON) is None


@given(demands, st.dates(date(2024, 1, 1), date(2032, 12, 31)))
def test_the_binding_rule_alone_has_the_same_earliest_day(found, told_on):
    binding = found.binding_on(told_on)
    first = found.earliest_effective_on(told_on)
    assert Demands((binding,)).earliest_effective_on(told_on) == first


STARTS = [ClockStart.POSTED, ClockStart.DISPATCHED, ClockStart.ACCEPTED, ClockStart.RECEIVED]


@pytest.mark.parametrize(
    ("starts", "measured"),
    [
        ([], ClockStart.POSTED),
        (STARTS[:1], ClockStart.POSTED),
        (STARTS[:2], ClockStart.DISPATCHED),
        (STARTS[:3], ClockStart.ACCEPTED),
        (STARTS, ClockStart.ACCEPTED),
        (STARTS[3:], ClockStart.ACCEPTED),
    ],
)
def test_the_strictest_start_of_the_clock_is_measured(starts, measured):
    assert Demands(tuple(rule(clock_start=start) for start in starts)).clock_start is measured


# Rules that clash


def test_a_conflict_names_the_rule_that_asks_for_more_and_the_one_that_allows_less():
    payment, telecom = preset("eu-psd2-54").rule, preset("de-tkg-57").rule
    found = Demands((rule_of(promise()), payment, telecom))
    with pytest.raises(Conflict) as conflict:
        found.require_possible(TOLD_ON)
    assert (conflict.value.least, conflict.value.most) == (payment, telecom)
    assert str(conflict.value) == "eu-psd2-54 against de-tkg-57"


def test_a_promise_can_clash_with_a_preset_and_with_itself():
    with pytest.raises(Conflict, match="promise against de-tkg-57"):
        Demands((rule_of(promise(timing=before(90))), preset("de-tkg-57").rule)).require_possible(
            TOLD_ON
        )
    with pytest.raises(Conflict, match="promise against promise"):
        Demands((rule_of(promise(timing=within(30, 10))),)).require_possible(TOLD_ON)


def test_a_period_that_fills_its_limit_leaves_no_day():
    """Whoever is told today must wait the month out, and may not be told earlier than that."""
    found = Demands((rule(timing=within(1, 1, Unit.MONTHS)),))
    with pytest.raises(Conflict):
        found.require_possible(TOLD_ON)
    Demands((rule(timing=within(9, 10)),)).require_possible(TOLD_ON)


limited = st.builds(
    lambda least, most, start: rule(
        "limited",
        timing=Timing(When.BEFORE_EFFECT, Period(least), Period(most)),
        clock_start=start,
    ),
    st.integers(0, 40),
    st.integers(0, 60),
    st.sampled_from(ClockStart),
)


@given(
    st.lists(limited | rules, min_size=1, max_size=3),
    st.dates(date(2024, 1, 1), date(2032, 12, 31)),
)
def test_rules_clash_exactly_if_the_earliest_day_is_after_the_latest(some, told_on):
    found = Demands(tuple(some))
    latest = found.latest_effective_on(told_on)
    assume(latest is not None)
    if found.earliest_effective_on(told_on) <= latest:
        found.require_possible(told_on)
        return
    with pytest.raises(Conflict) as conflict:
        found.require_possible(told_on)
    assert conflict.value.least.first_day(told_on) > conflict.value.most.last_day(told_on)


@given(formulas)
def test_a_promise_is_one_rule_without_a_source(formula):
    terms = {
        "trigger": Trigger.ANY,
        "channels": formula,
        "timing": before(7),
        "clock_start": ClockStart.RECEIVED,
        "exceptions": (Ground.SECURITY,),
        "consent": Consent(ConsentKind.DEEMED),
    }
    assert rule_of(promise(**terms)) == rule("", **terms)


# Agreement


def test_the_strictest_of_what_the_rules_say_of_agreement_holds():
    deemed, asked = Consent(ConsentKind.DEEMED), Consent(ConsentKind.EXPLICIT)
    found = Demands((rule("one", consent=deemed), rule("other", consent=asked)))
    assert found.consent == asked
    assert Demands().consent == Consent()
