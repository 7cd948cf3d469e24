"""The words of a promise, as frozen values.

A promise has terms (`Term`), and each term rests on a `Basis`: the clause and
the words that say it, or the name of whoever reads it into the policy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from documents.comparison import ClauseState, Significance


class UnusablePromise(ValueError):
    """The terms contradict each other. ``code`` names how; the sentences live elsewhere."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Trigger(StrEnum):
    """Which changes must be told."""

    ANY = "any"
    MATERIAL = "material"


class Channel(StrEnum):
    """How they are told."""

    EMAIL = "email"
    SITE_NOTICE = "site_notice"
    POSTING = "posting"


@dataclass(frozen=True)
class AnyOf:
    """One of the parts is enough; the publisher chooses."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True)
class AllOf:
    """Every part is owed."""

    parts: tuple["Formula", ...]


Formula = Channel | AnyOf | AllOf


def satisfied(formula: Formula, channels: Iterable[Channel]) -> bool:
    """Whether telling by these channels is what the formula asks for."""
    used = frozenset(channels)
    if isinstance(formula, Channel):
        return formula in used
    answers = (satisfied(part, used) for part in formula.parts)
    return any(answers) if isinstance(formula, AnyOf) else all(answers)


def channels_of(formula: Formula) -> frozenset[Channel]:
    """Every channel that a formula names."""
    if isinstance(formula, Channel):
        return frozenset([formula])
    return frozenset().union(*map(channels_of, formula.parts))


def plans(formula: Formula) -> tuple[frozenset[Channel], ...]:
    """The smallest sets of channels that satisfy a formula, in the order in which it names them."""
    found = dict.fromkeys(_plans(formula))
    return tuple(plan for plan in found if not any(other < plan for other in found))


def _plans(formula: Formula) -> list[frozenset[Channel]]:
    if isinstance(formula, Channel):
        return [frozenset([formula])]
    parts = [_plans(part) for part in formula.parts]
    if isinstance(formula, AnyOf):
        return [plan for part in parts for plan in part]
    return [frozenset().union(*choice) for choice in product(*parts)]


def _is_usable(formula: Formula) -> bool:
    """Whether it can be satisfied, and not by telling nobody."""
    found = plans(formula)
    return bool(found) and all(found)


class ClockStart(StrEnum):
    """From which event on a period of notice counts."""

    POSTED = "posted"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"  # by the recipient's mail server, or the relay before it
    RECEIVED = "received"


class Unit(StrEnum):
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True)
class Period:
    """A number of whole legal days, working days or calendar months.

    calendar: for working days, whose public holidays do not count: a country or
    one of its regions by ISO 3166 (``FR``, ``DE-BY``); empty: weekends alone.
    """

    count: int
    unit: Unit = Unit.DAYS
    calendar: str = ""


class When(StrEnum):
    """When people must have been told."""

    ON_POSTING = "on_posting"
    BEFORE_EFFECT = "before_effect"


# Ours, not the law's and not the policy's: what "before" means where nothing names a
# number, and how long a mail takes to be received. Shown as ours wherever they apply.
HOUSE_NOTICE = Period(30)
RECEIPT_DAYS = 2


@dataclass(frozen=True)
class Timing:
    """``at_least`` None: no number is named. ``at_most``: nobody may be told earlier than that."""

    when: When
    at_least: Period | None = None
    at_most: Period | None = None

    @property
    def period(self) -> Period | None:
        """The least notice that is given; None where the change may take effect when posted."""
        if self.when is When.ON_POSTING:
            return None
        return self.at_least or HOUSE_NOTICE

    @property
    def period_is_ours(self) -> bool:
        return self.when is When.BEFORE_EFFECT and self.at_least is None


class Ground(StrEnum):
    """Why a change may go without the promised notice, picked by name and kept on record."""

    EDITORIAL = "editorial"
    BENEFICIAL = "beneficial"
    ADMINISTRATIVE = "administrative"
    REQUIRED_BY_LAW = "required_by_law"
    SECURITY = "security"


# Those for which a change may take effect at once even where no promise excepts it;
# the record then says that the promise was not kept.
URGENT_GROUNDS = (Ground.REQUIRED_BY_LAW, Ground.SECURITY, Ground.BENEFICIAL)


class ConsentKind(StrEnum):
    """What the policy says of people's agreement. DEEMED is never shown as consent."""

    NONE = "none"
    DEEMED = "deemed"
    WHERE_REQUIRED = "where_required"
    EXPLICIT = "explicit"


@dataclass(frozen=True)
class Consent:
    """``object_within``: how long after the notice people may object; None: until the effect."""

    kind: ConsentKind = ConsentKind.NONE
    object_within: Period | None = None


class AudienceRole(StrEnum):
    ACCOUNT_HOLDERS = "account_holders"
    END_USERS = "end_users"


class Availability(StrEnum):
    """What the policy says of where its current text is to be found."""

    NOT_STATED = "not_stated"
    ON_PAGE = "on_page"
    ALWAYS = "always"


class Term(StrEnum):
    """What a promise settles; each rests on a Basis of its own."""

    TRIGGER = "trigger"
    CHANNELS = "channels"
    TIMING = "timing"
    CLOCK_START = "clock_start"
    OTHERWISE = "otherwise"
    EXCEPTIONS = "exceptions"
    CONSENT = "consent"
    AUDIENCE = "audience"
    AVAILABILITY = "availability"


@dataclass(frozen=True)
class Basis:
    """What a term rests on: a clause and its words, or somebody's interpretation."""

    clause_key: str = ""
    words: str = ""
    interpretation_by: str = ""


def resting_on(basis: Basis, others: Mapping[Term, Basis] | None = None) -> dict[Term, Basis]:
    """Every term on one basis, but for those that ``others`` names."""
    return {term: (others or {}).get(term, basis) for term in Term}


@dataclass(frozen=True)
class Promise:
    """A policy's promise about its own changes.

    otherwise: how a change is told that does not pull the trigger; None where
    nothing is said of it. bases: one for every Term. Raises UnusablePromise.
    """

    trigger: Trigger
    channels: Formula
    timing: Timing
    bases: Mapping[Term, Basis] = field(hash=False)
    clock_start: ClockStart = ClockStart.ACCEPTED
    otherwise: Formula | None = None
    exceptions: tuple[Ground, ...] = ()
    consent: Consent = Consent()
    audience: tuple[AudienceRole, ...] = tuple(AudienceRole)
    availability: Availability = Availability.NOT_STATED

    def __post_init__(self) -> None:
        if {*self.bases} != {*Term}:
            raise UnusablePromise("bases_missing")
        if not self.audience:
            raise UnusablePromise("audience_empty")
        if not all(map(_is_usable, (self.channels, self.otherwise or Channel.POSTING))):
            raise UnusablePromise("channels_empty")
        posts_only = satisfied(self.channels, [Channel.POSTING])
        if self.timing.when is When.ON_POSTING:
            if not posts_only:
                raise UnusablePromise("on_posting_needs_posting")
            if self.timing.at_least or self.timing.at_most:
                raise UnusablePromise("on_posting_has_no_period")
        if self.otherwise is not None and not satisfied(self.otherwise, [Channel.POSTING]):
            raise UnusablePromise("otherwise_is_posting")


def uncited(promise: Promise, clauses: Iterable[ClauseState]) -> tuple[Term, ...]:
    """The terms whose cited words do not stand in the clause that they name."""
    texts = {clause.key: clause.text for clause in clauses}
    return tuple(
        term
        for term, basis in promise.bases.items()
        if basis.clause_key and basis.words not in texts.get(basis.clause_key, "")
    )


def triggered(trigger: Trigger, significance: Significance) -> bool:
    """Whether a change of this significance must be told."""
    return trigger is Trigger.ANY or significance is Significance.MATERIAL


# For a policy that says nothing about its own changes.
HOUSE_NAME = "house default"
HOUSE_PROMISE = Promise(
    Trigger.MATERIAL,
    Channel.EMAIL,
    Timing(When.BEFORE_EFFECT),
    resting_on(Basis(interpretation_by=HOUSE_NAME)),
)


def is_house_default(promise: Promise) -> bool:
    """Whether the policy itself promises nothing, and the house default stands in."""
    return promise.bases[Term.TRIGGER] == Basis(interpretation_by=HOUSE_NAME)
