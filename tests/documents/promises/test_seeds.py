"""What the five seed policies promise, and what follows for a change of each significance."""

from datetime import UTC, date, datetime
from itertools import combinations

import pytest

from documents.comparison import ClauseState, Significance
from documents.importing.reading import read_outline
from documents.promises import (
    AnyOf,
    Availability,
    Channel,
    ConsentKind,
    Demands,
    Term,
    demands_on,
    from_record,
    is_house_default,
    satisfied,
    start_of_day,
    to_record,
    uncited,
)

from .seeds import FILES, SEED_000, SEED_001, SEED_002, SEED_003, SEED_004, SEEDS
from .terms import PARIS

EMAIL, SITE_NOTICE, POSTING = Channel.EMAIL, Channel.SITE_NOTICE, Channel.POSTING
EDITORIAL, MINOR, MATERIAL = Significance
ANNOUNCED_AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
APRIL_10 = start_of_day(date(2026, 4, 10), PARIS)  # 30 whole days lie between

PROMISES = {"000": SEED_000, "001": SEED_001, "002": SEED_002, "003": SEED_003, "004": SEED_004}
every_seed = pytest.mark.parametrize("promise", PROMISES.values(), ids=PROMISES)

# Seed, significance, channels owed, first instant of effect, whether the number of days is ours,
# the smallest plans.
BY_POSTING, BY_EMAIL, BY_SITE = {POSTING}, {EMAIL, POSTING}, {SITE_NOTICE, POSTING}
EITHER = AnyOf((EMAIL, SITE_NOTICE))
FOLLOWS = [
    ("000", EDITORIAL, None, ANNOUNCED_AT, False, [BY_POSTING]),
    ("000", MINOR, None, ANNOUNCED_AT, False, [BY_POSTING]),
    ("000", MATERIAL, EMAIL, APRIL_10, True, [BY_EMAIL]),
    ("001", EDITORIAL, None, ANNOUNCED_AT, False, [BY_POSTING]),
    ("001", MINOR, None, ANNOUNCED_AT, False, [BY_POSTING]),
    ("001", MATERIAL, EMAIL, APRIL_10, True, [BY_EMAIL]),
    ("002", EDITORIAL, POSTING, ANNOUNCED_AT, False, [BY_POSTING]),
    ("002", MINOR, POSTING, ANNOUNCED_AT, False, [BY_POSTING]),
    ("002", MATERIAL, POSTING, ANNOUNCED_AT, False, [BY_POSTING]),
    ("003", EDITORIAL, None, ANNOUNCED_AT, False, [BY_POSTING]),
    ("003", MINOR, None, ANNOUNCED_AT, False, [BY_POSTING]),
    ("003", MATERIAL, EITHER, APRIL_10, True, [BY_EMAIL, BY_SITE]),
    ("004", EDITORIAL, None, ANNOUNCED_AT, False, [BY_POSTING]),
    ("004", MINOR, None, ANNOUNCED_AT, False, [BY_POSTING]),
    ("004", MATERIAL, EMAIL, APRIL_10, True, [BY_EMAIL]),
]


@pytest.mark.parametrize(
    ("seed", "significance", "owed", "effective_at", "is_ours", "plans"),
    FOLLOWS,
    ids=[f"{row[0]}_{row[1].value}" for row in FOLLOWS],
)
def test_what_a_change_of_a_seed_policy_owes(
    seed, significance, owed, effective_at, is_ours, plans
):
    found = demands_on(PROMISES[seed], [], significance)
    assert [rule.channels for rule in found.rules] == ([owed] if owed else [])
    assert found.earliest_effective_at(ANNOUNCED_AT, PARIS) == effective_at
    assert any(rule.timing.period_is_ours for rule in found.rules) is is_ours
    assert list(found.plans) == plans
    for channels in every_choice():
        keeps = any(plan - BY_POSTING <= channels for plan in map(set, plans))
        assert found.allows(channels | {POSTING}) is keeps


def every_choice():
    return [{*some} for size in range(4) for some in combinations(Channel, size)]


@every_seed
def test_a_first_text_of_a_seed_policy_owes_nothing(promise):
    assert demands_on(None, [], MATERIAL) == Demands()


@pytest.mark.parametrize(
    ("promise", "consent", "availability"),
    [
        (SEED_000, ConsentKind.WHERE_REQUIRED, Availability.NOT_STATED),
        (SEED_001, ConsentKind.NONE, Availability.NOT_STATED),
        (SEED_002, ConsentKind.DEEMED, Availability.ON_PAGE),
        (SEED_003, ConsentKind.DEEMED, Availability.NOT_STATED),
        (SEED_004, ConsentKind.NONE, Availability.ALWAYS),
    ],
    ids=PROMISES,
)
def test_what_a_seed_policy_says_of_consent_and_of_its_current_text(promise, consent, availability):
    assert promise.consent.kind is consent
    assert promise.availability is availability


@pytest.mark.parametrize(
    ("promise", "otherwise"),
    [(SEED_000, None), (SEED_001, None), (SEED_002, None), (SEED_003, POSTING), (SEED_004, None)],
    ids=PROMISES,
)
def test_how_other_changes_of_a_seed_policy_are_told(promise, otherwise):
    assert promise.otherwise is otherwise
    assert otherwise is None or satisfied(otherwise, [POSTING])


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        (SEED_000, {Term.TRIGGER, Term.CONSENT, Term.AUDIENCE}),
        (SEED_001, set()),
        (SEED_002, {*Term} - {Term.OTHERWISE, Term.EXCEPTIONS, Term.AUDIENCE}),
        (SEED_003, {Term.TRIGGER, Term.CHANNELS, Term.TIMING, Term.OTHERWISE, Term.CONSENT}),
        (SEED_004, {Term.TRIGGER, Term.CHANNELS, Term.AVAILABILITY}),
    ],
    ids=PROMISES,
)
def test_each_term_cites_the_text_or_names_who_reads_it_into_the_text(promise, said):
    assert {term for term, basis in promise.bases.items() if basis.words} == said
    for term, basis in promise.bases.items():
        assert bool(basis.words) == bool(basis.clause_key) == (term in said)
        assert bool(basis.interpretation_by) is (term not in said)


def test_the_policy_that_says_nothing_has_the_house_default_and_no_other_has():
    assert [seed for seed, promise in PROMISES.items() if is_house_default(promise)] == ["001"]


@every_seed
def test_the_promise_of_a_seed_policy_survives_being_frozen(promise):
    assert from_record(to_record(promise)) == promise


@pytest.mark.parametrize("id", SEEDS)
def test_the_words_cited_stand_in_a_clause_of_the_seed_policy(id, seeds):
    clauses = clauses_of(seeds / FILES[id])
    promise = SEEDS[id](lambda words: key_of(words, clauses))
    assert uncited(promise, clauses) == ()


@pytest.mark.parametrize("id", SEEDS)
def test_words_that_the_seed_policy_loses_are_missed(id, seeds):
    clauses = clauses_of(seeds / FILES[id])
    promise = SEEDS[id](lambda words: key_of(words, clauses))
    said = {term for term, basis in promise.bases.items() if basis.words}
    assert {*uncited(promise, [])} == said


def clauses_of(path):
    outline = read_outline(path.read_bytes(), path.name)
    return [
        ClauseState(str(number), clause.level, clause.number, clause.heading, clause.body)
        for number, clause in enumerate(outline.clauses)
    ]


def key_of(words, clauses):
    """Of the one clause that holds the words."""
    (key,) = [clause.key for clause in clauses if words in clause.text]
    return key
