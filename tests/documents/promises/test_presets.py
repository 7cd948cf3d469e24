"""The statutory rules: every one, the days that follow from it, and which go together."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from documents.comparison import Significance
from documents.promises import (
    PRESETS,
    RECEIPT_DAYS,
    Channel,
    ClockStart,
    Conflict,
    ConsentKind,
    Demands,
    Ground,
    Period,
    Unit,
    UnknownPreset,
    When,
    demands_on,
    plans,
    preset,
    satisfied,
)
from documents.promises.presets import Content, Verified
from tests.conftest import SHARED

from .owed import has_whole_period
from .terms import promise

WITH_A_RULE = {name: each.rule for name, each in PRESETS.items() if each.rule}
every_preset = pytest.mark.parametrize("each", PRESETS.values(), ids=PRESETS)
every_rule = pytest.mark.parametrize("rule", WITH_A_RULE.values(), ids=WITH_A_RULE)


@pytest.fixture(scope="module")
def reference():
    """Preset id → its row in the reference; skips where that is absent."""
    path = SHARED / "reference" / "notice-presets.json"
    if not path.is_file():
        pytest.skip("the reference is not here: ../shared/reference/notice-presets.json")
    return {row["id"]: row for row in json.loads(path.read_text("utf-8"))}


# Against the reference


def test_the_presets_are_those_of_the_reference_in_its_order(reference):
    assert list(PRESETS) == list(reference)


@every_preset
def test_a_preset_was_verified_as_far_as_the_reference_says(each, reference):
    assert each.verified == reference[each.id]["verified"]


@every_preset
def test_a_number_is_that_of_the_reference_and_none_is_made_up(each, reference):
    row = reference[each.id]
    timing = each.rule.timing if each.rule else None
    assert words(timing and timing.at_least) == row["min_notice"]
    assert words(timing and timing.at_most) == row.get("max_notice")


def words(period):
    """Such as 1 month; None where there is no period."""
    if period is None:
        return None
    plural = period.unit.value
    return f"{period.count} {plural if period.count > 1 else plural.removesuffix('s')}"


# Each on its own


def test_a_preset_is_found_by_its_id():
    assert preset("de-tkg-57").law == "TKG § 57(1)–(2)"
    with pytest.raises(UnknownPreset):
        preset("de-tkg-58")


@every_preset
def test_a_preset_says_what_it_is_and_where_it_comes_from(each):
    for text in (each.where, each.who, each.law, each.says, each.source):
        assert text == text.strip() != ""
    assert each.verified in Verified
    assert each.says.endswith(".")
    assert len(set(each.content)) == len(each.content)


@every_preset
def test_what_nobody_has_read_is_marked_as_from_memory(each):
    if each.verified is Verified.MEMORY:
        assert "from memory" in each.source


@every_rule
def test_a_rule_carries_its_presets_id_and_has_a_way_to_keep_it(rule):
    assert PRESETS[rule.source].rule is rule
    assert all(plans(rule.channels))


@every_rule
def test_a_rule_without_a_period_is_kept_by_posting(rule):
    """People cannot be told one by one of what is in force already."""
    if rule.timing.when is When.ON_POSTING:
        assert satisfied(rule.channels, [Channel.POSTING])


@every_preset
def test_what_is_owed_on_a_durable_medium_goes_by_email(each):
    if each.durable and each.rule:
        assert each.rule.channels is Channel.EMAIL


@every_preset
def test_a_notice_of_nothing_else_is_a_dedicated_one(each):
    if Content.NOTHING_ELSE in each.content:
        assert each.dedicated


@every_preset
def test_a_notice_of_deemed_acceptance_says_so_and_is_not_consent(each):
    if Content.DEEMED_ACCEPTANCE in each.content:
        assert each.rule.consent.kind is ConsentKind.DEEMED


DUTIES_WITHOUT_A_DATE_OR_CHANNEL = {
    "eu-edpb-consent",
    "fr-cnil",
    "eu-dsa-14-2",
    "de-bgh-2021",
    "eu-durable-medium",
    "us-ca-ccpa",
    "in-it-rules-2021",
    "in-dpdp",
}


def test_from_some_duties_no_date_and_no_channel_follows():
    assert PRESETS.keys() - WITH_A_RULE.keys() == DUTIES_WITHOUT_A_DATE_OR_CHANNEL


@pytest.mark.parametrize(
    ("flag", "ids"),
    [
        ("yearly", {"us-ca-ccpa", "in-it-rules-2021"}),
        ("dedicated", {"eu-gdpr-wp260", "eu-gdpr-new-purpose", "us-coppa", "ca-qc-11-2"}),
        (
            "durable",
            {
                "eu-p2b-3-2",
                "eu-eecc-105-4",
                "de-tkg-57",
                "fr-conso-l224-33",
                "uk-ofcom-c1",
                "eu-psd2-54",
                "ie-psr-78",
                "eu-dcd-19",
                "de-bgb-327r",
                "eu-durable-medium",
                "us-reg-e",
                "us-reg-dd",
                "us-reg-z",
                "ca-qc-11-2",
            },
        ),
    ],
)
def test_which_presets_are_yearly_dedicated_or_durable(flag, ids):
    assert {each.id for each in PRESETS.values() if getattr(each, flag)} == ids


def test_quebec_wants_old_and_new_words_and_nothing_else():
    content = {*preset("ca-qc-11-2").content}
    assert content >= {Content.OLD_AND_NEW_WORDS, Content.NOTHING_ELSE, Content.RIGHT_TO_REJECT}


def test_german_telecom_has_a_maximum_and_counts_from_receipt():
    rule = preset("de-tkg-57").rule
    assert rule.timing.at_most == Period(2, Unit.MONTHS)
    assert rule.clock_start is ClockStart.RECEIVED


@pytest.mark.parametrize(
    ("id", "ground", "is_free"),
    [
        ("eu-p2b-3-2", Ground.REQUIRED_BY_LAW, True),
        ("eu-p2b-3-2", Ground.EDITORIAL, True),
        ("eu-p2b-3-2", Ground.BENEFICIAL, False),
        ("eu-eecc-105-4", Ground.BENEFICIAL, True),
        ("eu-eecc-105-4", Ground.SECURITY, False),
        ("uk-ofcom-c1", Ground.BENEFICIAL, True),
        ("uk-ofcom-c1", Ground.REQUIRED_BY_LAW, False),
        ("us-reg-e", Ground.SECURITY, True),
        ("us-reg-dd", Ground.SECURITY, False),
        ("eu-psd2-54", Ground.BENEFICIAL, False),
        ("ca-qc-11-2", Ground.REQUIRED_BY_LAW, False),
    ],
)
def test_a_rule_frees_only_on_the_grounds_that_it_names(id, ground, is_free):
    found = demands_on(promise(), [preset(id).rule], Significance.MATERIAL, ground)
    assert (preset(id).rule not in found.rules) is is_free


@pytest.mark.parametrize(
    ("id", "significance", "is_pulled"),
    [
        ("eu-gdpr-wp260", Significance.EDITORIAL, False),
        ("eu-gdpr-wp260", Significance.MATERIAL, True),
        ("eu-p2b-3-2", Significance.MINOR, True),
        ("us-reg-z", Significance.MINOR, False),
    ],
)
def test_a_rule_speaks_of_the_changes_that_it_names(id, significance, is_pulled):
    found = demands_on(promise(), [preset(id).rule], significance)
    assert (preset(id).rule in found.rules) is is_pulled


# The days

MONTH_END, LEAP_YEAR = date(2026, 1, 31), date(2028, 2, 28)

# The first day of effect for somebody told on each of the two.
HOUSE_MINIMUM = (date(2026, 3, 3), date(2028, 3, 30))
HOUSE_MINIMUM_FROM_RECEIPT = (date(2026, 3, 5), date(2028, 4, 1))
AT_ONCE = (MONTH_END, LEAP_YEAR)
DAYS_15 = (date(2026, 2, 16), date(2028, 3, 15))
DAYS_30 = (date(2026, 3, 3), date(2028, 3, 30))
ONE_MONTH = (date(2026, 3, 1), date(2028, 3, 29))
TWO_MONTHS = (date(2026, 4, 1), date(2028, 4, 29))

FIRST_DAYS = {
    "eu-gdpr-wp260": HOUSE_MINIMUM,
    "eu-gdpr-new-purpose": HOUSE_MINIMUM,
    "uk-ico": HOUSE_MINIMUM,
    "eu-p2b-3-2": DAYS_15,
    "eu-eecc-105-4": ONE_MONTH,
    "de-tkg-57": (date(2026, 3, 3), date(2028, 4, 2)),
    "fr-conso-l224-33": ONE_MONTH,
    "uk-ofcom-c1": ONE_MONTH,
    "eu-psd2-54": TWO_MONTHS,
    "ie-psr-78": TWO_MONTHS,
    "eu-dcd-19": HOUSE_MINIMUM_FROM_RECEIPT,
    "de-bgb-327r": HOUSE_MINIMUM_FROM_RECEIPT,
    "us-ftc-retroactive": HOUSE_MINIMUM,
    "us-ca-caloppa": AT_ONCE,
    "us-co-cpa": HOUSE_MINIMUM,
    "us-coppa": HOUSE_MINIMUM,
    "us-hipaa": AT_ONCE,
    "us-reg-e": (date(2026, 2, 22), date(2028, 3, 21)),
    "us-reg-dd": DAYS_30,
    "us-reg-z": (date(2026, 3, 18), date(2028, 4, 14)),
    "ca-qc-11-2": DAYS_30,
    "br-lgpd": HOUSE_MINIMUM,
    "jp-548-4": HOUSE_MINIMUM,
    "cn-pipl": HOUSE_MINIMUM,
    "practice-github-tos": DAYS_30,
    "practice-github-privacy": DAYS_30,
    "practice-google": DAYS_15,
}


def test_every_rule_has_its_days_in_the_table():
    assert FIRST_DAYS.keys() == WITH_A_RULE.keys()


@every_rule
def test_r38_the_first_day_of_effect_by_each_preset(rule):
    found = Demands((rule,))
    days = found.earliest_effective_on(MONTH_END), found.earliest_effective_on(LEAP_YEAR)
    assert days == FIRST_DAYS[rule.source]


WITHOUT_A_NUMBER = {
    "eu-gdpr-wp260",
    "eu-gdpr-new-purpose",
    "uk-ico",
    "eu-dcd-19",
    "de-bgb-327r",
    "us-ftc-retroactive",
    "us-co-cpa",
    "us-coppa",
    "br-lgpd",
    "jp-548-4",
    "cn-pipl",
}


def test_where_no_number_is_stated_the_house_minimum_is_shown_as_ours():
    ours = {name for name, rule in WITH_A_RULE.items() if rule.timing.period_is_ours}
    assert ours == WITHOUT_A_NUMBER


def test_only_german_telecom_has_a_latest_day():
    found = {name: Demands((rule,)) for name, rule in WITH_A_RULE.items()}
    limited = {name for name, each in found.items() if each.latest_effective_on(MONTH_END)}
    assert limited == {"de-tkg-57"}
    assert found["de-tkg-57"].latest_effective_on(MONTH_END) == date(2026, 3, 31)
    assert found["de-tkg-57"].latest_effective_on(LEAP_YEAR) == date(2028, 4, 28)


# Together


def day_that_suits(rules, told_on):
    """Some day on which every rule lets the change take effect, looked for one by one."""
    days = (told_on + timedelta(days=n) for n in range(200))
    return next((day for day in days if all(suits(rule, told_on, day) for rule in rules)), None)


def suits(rule, told_on, day):
    arrived_on = told_on
    if rule.clock_start is ClockStart.RECEIVED:
        arrived_on += timedelta(days=RECEIPT_DAYS)
    least, most = rule.timing.period, rule.timing.at_most
    if least and not has_whole_period(arrived_on, day, least):
        return False
    # The day after the limit's last is the first with the whole of it behind.
    return most is None or not has_whole_period(told_on, day, most)


CLASHING = {("de-tkg-57", "eu-psd2-54"), ("de-tkg-57", "ie-psr-78")}


@pytest.mark.parametrize("pair", [*combinations(WITH_A_RULE, 2)], ids=" and ".join)
def test_two_presets_leave_a_day_together_or_say_that_they_clash(pair):
    rules = [WITH_A_RULE[name] for name in pair]
    found = Demands(tuple(rules))
    assert found.plans
    for told_on in (MONTH_END, LEAP_YEAR, date(2026, 7, 15)):
        suitable = day_that_suits(rules, told_on)
        if pair in CLASHING:
            with pytest.raises(Conflict) as conflict:
                found.require_possible(told_on)
            assert {conflict.value.least.source, conflict.value.most.source} == {*pair}
            assert suitable is None
        else:
            found.require_possible(told_on)
            assert suitable == found.earliest_effective_on(told_on)


def test_a_limit_alone_clashes_with_a_longer_notice():
    rule = preset("de-tkg-57").rule
    longer = replace(rule, timing=replace(rule.timing, at_least=Period(3, Unit.MONTHS)))
    with pytest.raises(Conflict):
        Demands((longer,)).require_possible(MONTH_END)
