"""The form in which a promise is frozen: JSON values only. What was frozen stays readable."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from .vocabulary import (
    AllOf,
    AnyOf,
    AudienceRole,
    Availability,
    Basis,
    Channel,
    ClockStart,
    Consent,
    ConsentKind,
    Formula,
    Ground,
    Period,
    Promise,
    Term,
    Timing,
    Trigger,
    Unit,
    When,
    resting_on,
)


def to_record(promise: Promise) -> dict[str, Any]:
    """The form that a Version freezes."""
    return {
        "format": 2,
        "trigger": promise.trigger.value,
        "channels": formula_record(promise.channels),
        "timing": {
            "when": promise.timing.when.value,
            "at_least": _period_record(promise.timing.at_least),
            "at_most": _period_record(promise.timing.at_most),
        },
        "clock_start": promise.clock_start.value,
        "otherwise": formula_record(promise.otherwise) if promise.otherwise else None,
        "exceptions": [ground.value for ground in promise.exceptions],
        "consent": {
            "kind": promise.consent.kind.value,
            "object_within": _period_record(promise.consent.object_within),
        },
        "audience": [role.value for role in promise.audience],
        "availability": promise.availability.value,
        "bases": _bases_record(promise.bases),
    }


def from_record(record: Mapping[str, Any]) -> Promise:
    """The reverse of to_record. Raises ValueError for a format that is not known."""
    if record["format"] == 1:
        return _from_format_1(record)
    if record["format"] != 2:
        raise ValueError(f"promise format {record['format']} is not known")
    timing, consent = record["timing"], record["consent"]
    return Promise(
        trigger=Trigger(record["trigger"]),
        channels=formula(record["channels"]),
        timing=Timing(
            When(timing["when"]), _period(timing["at_least"]), _period(timing["at_most"])
        ),
        bases=_bases(record["bases"]),
        clock_start=ClockStart(record["clock_start"]),
        otherwise=formula(record["otherwise"]) if record["otherwise"] else None,
        exceptions=tuple(map(Ground, record["exceptions"])),
        consent=Consent(ConsentKind(consent["kind"]), _period(consent["object_within"])),
        audience=tuple(map(AudienceRole, record["audience"])),
        availability=Availability(record["availability"]),
    )


def _bases_record(bases: Mapping[Term, Basis]) -> list[dict[str, Any]]:
    """Each basis once, with the terms that rest on it: most promises have one or two."""
    return [
        {"terms": [term.value for term in Term if bases[term] == basis], **asdict(basis)}
        for basis in dict.fromkeys(bases[term] for term in Term)
    ]


def _bases(records: Iterable[Mapping[str, Any]]) -> dict[Term, Basis]:
    return {
        Term(term): Basis(record["clause_key"], record["words"], record["interpretation_by"])
        for record in records
        for term in record["terms"]
    }


def _from_format_1(record: Mapping[str, Any]) -> Promise:
    """One channel, a number of days or none, and one basis for everything."""
    channel, days = Channel(record["channel"]), record["notice_days"]
    at_once = channel is Channel.POSTING and not days
    timing = Timing(When.ON_POSTING) if at_once else Timing(When.BEFORE_EFFECT, _days(days))
    basis = Basis(**record["basis"])
    return Promise(Trigger(record["trigger"]), channel, timing, resting_on(basis))


def _days(days: int | None) -> Period | None:
    return None if days is None else Period(days)


def formula_record(formula: Formula) -> Any:
    """``"email"``, or ``{"any_of": […]}``, or ``{"all_of": […]}``."""
    if isinstance(formula, Channel):
        return formula.value
    kind = "any_of" if isinstance(formula, AnyOf) else "all_of"
    return {kind: [formula_record(part) for part in formula.parts]}


def formula(record: Any) -> Formula:
    """The reverse of formula_record. Raises ValueError."""
    if isinstance(record, str):
        return Channel(record)
    classes: dict[str, type[AnyOf | AllOf]] = {"any_of": AnyOf, "all_of": AllOf}
    if not isinstance(record, Mapping) or len(record) != 1 or not record.keys() <= classes.keys():
        raise ValueError(f"not a formula of channels: {record!r}")
    ((kind, parts),) = record.items()
    return classes[kind](tuple(formula(part) for part in parts))


def _period_record(period: Period | None) -> dict[str, Any] | None:
    return asdict(period) | {"unit": period.unit.value} if period else None


def _period(record: Mapping[str, Any] | None) -> Period | None:
    if record is None:
        return None
    return Period(record["count"], Unit(record["unit"]), record["calendar"])
