"""Dates as people choose them, judged by the promise in force and the presets beside it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from documents import queries
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.set_promise import set_promise
from documents.errors import (
    ChannelsNotEnough,
    ClockWentBack,
    ConflictingRules,
    DateInThePast,
    DateTooEarly,
    DateTooLate,
    InvalidInput,
    PromiseNeedsReview,
)
from documents.promises import (
    HOUSE_PROMISE,
    AnyOf,
    Basis,
    Channel,
    Effect,
    Period,
    Promise,
    Timing,
    Trigger,
    Unit,
    When,
    resting_on,
    zone_drift,
)
from legalcms import clock
from tests import factories
from tests.factories import EMAIL_PROMISE, MATERIAL_TEXT, POSTING_PROMISE, READ_IN, TEXT

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def admin():
    return factories.admin()


def today():
    return clock.now().astimezone(PARIS).date()


def in_force(admin, promise=EMAIL_PROMISE, presets=()):
    """A policy with version 1 in force under this promise, and people to tell."""
    policy = factories.policy(admin, promise=None)
    set_promise(policy=policy, promise=promise, presets=presets, by=admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    return policy


def change(policy, admin, **values):
    return factories.publish(policy, admin, MATERIAL_TEXT, **values)


def test_an_instant_is_kept_in_utc_with_the_clock_and_zone_that_it_was_chosen_by(admin):
    policy = in_force(admin)
    effect = Effect(today() + timedelta(days=20), time(9, 30))
    publication = change(policy, admin, effect=effect)
    assert publication.effective_at.astimezone(PARIS).time() == time(9, 30)
    assert publication.effective_local == f"{effect.on}T09:30"
    assert publication.time_zone == "Europe/Paris"


def next_change_of_clocks(month):
    """The last Sunday of March or October to come that leaves ten days of notice."""
    for year in (today().year, today().year + 1, today().year + 2):
        day = date(year, month, 31)
        day -= timedelta(days=(day.weekday() + 1) % 7)
        if day > today() + timedelta(days=15):
            return day
    raise AssertionError


def test_r36_a_time_that_the_clocks_skip_is_refused_and_the_next_one_named(admin):
    effect = Effect(next_change_of_clocks(3), time(2, 30))
    with pytest.raises(InvalidInput, match=r"skip 02:30.*next time that exists is 03:00"):
        change(in_force(admin), admin, effect=effect)


def test_r36_of_a_time_that_comes_twice_one_must_be_chosen(admin):
    policy, day = in_force(admin), next_change_of_clocks(10)
    with pytest.raises(InvalidInput, match="Choose the earlier or the later"):
        change(policy, admin, effect=Effect(day, time(2, 30)))
    publication = change(policy, admin, effect=Effect(day, time(2, 30), later=True))
    assert publication.effective_at == datetime.combine(day, time(1, 30), UTC)
    assert publication.effective_local.endswith("later")


def test_r37_changed_zone_rules_leave_the_instant_and_are_reported(admin):
    policy = in_force(admin)
    publication = change(policy, admin, effect=Effect(today() + timedelta(days=20)))
    zone, elsewhere = policy.publisher.zone, ZoneInfo("Etc/GMT+1")
    assert zone_drift(publication.effective_at, publication.effective_local, zone) == timedelta(0)
    drift = zone_drift(publication.effective_at, publication.effective_local, elsewhere)
    assert drift in {timedelta(hours=2), timedelta(hours=3)}


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_r39_it_takes_effect_for_everyone_at_the_first_instant_of_the_publishers_day(admin, zone):
    publisher = factories.publisher(admin, time_zone=zone)
    policy = factories.policy(admin, of=publisher)
    factories.publish(policy, admin)
    factories.recipients(publisher, admin)
    publication = change(policy, admin)
    local = publication.effective_at.astimezone(ZoneInfo(zone))
    assert (local.hour, local.minute) == (0, 0)
    assert publication.effective_local == local.date().isoformat()


def test_r40_the_last_person_counts_and_has_the_full_number_of_days(admin, smtp):
    publication = change(in_force(admin), admin)
    factories.work()
    publication.refresh_from_db()
    cleared = publication.entries.get(kind="publication.cleared").payload["mail"]
    last = datetime.fromisoformat(cleared["last_accepted_at"])
    assert publication.effective_at - last >= timedelta(days=10)


def test_a_statutory_rule_beside_the_promise_makes_it_stricter_and_says_so(admin):
    policy = in_force(admin, presets=["eu-p2b-3-2"])
    early = today() + timedelta(days=15)
    with pytest.raises(DateTooEarly, match=r"2019/1150"):
        change(policy, admin, on=early)
    assert change(policy, admin, on=early + timedelta(days=1)).deadline_at


def test_rules_that_no_date_can_keep_stop_with_both_reasons(admin):
    policy = factories.policy(admin, promise=None)
    with pytest.raises(ConflictingRules) as refused:
        set_promise(
            policy=policy,
            promise=EMAIL_PROMISE,
            presets=["eu-psd2-54", "de-tkg-57"],
            by=admin,
        )
    assert "2015/2366" in str(refused.value)
    assert "TKG" in str(refused.value)
    assert "at most 2 months" in str(refused.value)


def test_a_longest_notice_makes_a_far_date_too_late(admin):
    timing = Timing(When.BEFORE_EFFECT, Period(10), Period(2, Unit.MONTHS))
    promise = Promise(Trigger.MATERIAL, Channel.EMAIL, timing, READ_IN)
    policy = in_force(admin, promise)
    with pytest.raises(DateTooLate, match="at most 2 months"):
        change(policy, admin, on=today() + timedelta(days=70))
    publication = change(policy, admin, on=today() + timedelta(days=50))
    assert publication.opens_at


def test_a_date_in_the_past_is_refused_to_the_minute(admin):
    policy = in_force(admin, POSTING_PROMISE)
    now = clock.now().astimezone(PARIS)
    with pytest.raises(DateInThePast):
        change(policy, admin, effect=Effect(now.date(), time(now.hour - 1)))
    assert change(policy, admin, effect=Effect(now.date(), time(now.hour + 1))).cleared_at


def test_telling_another_way_than_promised_is_refused(admin):
    policy = in_force(admin)
    with pytest.raises(ChannelsNotEnough, match="e-mail"):
        change(policy, admin, channels=(Channel.SITE_NOTICE,))


def test_where_the_promise_leaves_a_choice_either_way_keeps_it(admin):
    either = AnyOf((Channel.EMAIL, Channel.SITE_NOTICE))
    promise = Promise(Trigger.MATERIAL, either, Timing(When.BEFORE_EFFECT), READ_IN)
    policy = in_force(admin, promise)
    publication = change(policy, admin, channels=(Channel.SITE_NOTICE,))
    assert publication.channels == ["site_notice", "posting"]
    assert not publication.notices.exists()


def test_what_takes_effect_on_posting_waits_for_no_mail_even_if_one_is_sent(admin):
    either = AnyOf((Channel.EMAIL, Channel.POSTING))
    promise = Promise(Trigger.ANY, either, Timing(When.ON_POSTING), READ_IN)
    policy = in_force(admin, promise)
    publication = change(policy, admin)
    assert publication.cleared_at == publication.announced_at
    assert publication.notices.get().kind == "same_day"


def test_before_without_a_number_takes_the_house_minimum(admin):
    policy = in_force(admin, HOUSE_PROMISE)
    with pytest.raises(DateTooEarly, match="says nothing of its own changes: this is our house"):
        change(policy, admin, on=today() + timedelta(days=30))
    assert change(policy, admin, on=today() + timedelta(days=31)).notice_required


def test_editing_a_clause_that_the_promise_cites_asks_for_another_look(admin):
    policy = factories.policy(admin, promise=None)
    key = str(policy.draft().ordered_clauses()[-1].key)
    cited = Basis(key, "by e-mail")
    promise = Promise(
        Trigger.MATERIAL, Channel.EMAIL, Timing(When.BEFORE_EFFECT), resting_on(cited)
    )
    set_promise(policy=policy, promise=promise, by=admin)
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    factories.write(policy, TEXT.replace("We tell you", "We will tell you"), admin)
    assert [str(each.key) for each in queries.cited_clauses_edited(policy.draft())] == [key]
    with pytest.raises(PromiseNeedsReview, match="Changes"):
        factories.propose(policy, admin)
    set_promise(policy=policy, promise=promise, by=admin)
    assert factories.propose(policy, admin).pk


def test_presets_are_frozen_with_the_proposal_and_judge_a_new_date(admin):
    policy = in_force(admin, presets=["eu-p2b-3-2"])
    publication = change(policy, admin, on=today() + timedelta(days=30))
    set_promise(policy=policy, promise=EMAIL_PROMISE, by=admin)
    with pytest.raises(DateTooEarly, match=r"2019/1150"):
        reschedule_publication(
            publication_id=publication.pk, effect=Effect(today() + timedelta(days=12)), by=admin
        )


def test_r35_a_clock_that_was_set_back_writes_nothing(admin):
    policy = in_force(admin)
    before = policy.publisher.entries.count()
    with (
        time_machine.travel(clock.now() - timedelta(days=1), tick=False),
        pytest.raises(ClockWentBack, match="nothing is dated backwards"),
    ):
        set_promise(policy=policy, promise=POSTING_PROMISE, by=admin)
    assert policy.publisher.entries.count() == before
    policy.promise_setting.refresh_from_db()
    assert policy.promise_setting.promise == EMAIL_PROMISE


def test_r35_a_small_step_back_dates_nothing_backwards(admin):
    policy = in_force(admin, POSTING_PROMISE)
    last = policy.publisher.entries.order_by("seq").last().at
    with time_machine.travel(last - timedelta(seconds=5), tick=False):
        set_promise(policy=policy, promise=POSTING_PROMISE, by=admin)
    assert policy.publisher.entries.order_by("seq").last().at == last


def test_r60_two_policies_may_take_effect_at_the_same_instant(admin, smtp):
    publisher = factories.publisher(admin)
    one, other = (factories.policy(admin, of=publisher) for _ in range(2))
    factories.recipients(publisher, admin)
    for policy in (one, other):
        factories.publish(policy, admin)
    day = today() + timedelta(days=20)
    instants = {change(policy, admin, on=day).effective_at for policy in (one, other)}
    factories.work()
    (at,) = instants
    with time_machine.travel(at, tick=False):
        assert [queries.in_force(each, clock.now()).number for each in (one, other)] == [2, 2]
