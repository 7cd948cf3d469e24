"""Statutory notice rules that can be added to a promise, and practices to compare with.

The facts stand in presets.json, each with its source and with how far it was
verified: ``text`` (the rule's own words were read), ``secondary`` (somebody
else's account of it), ``memory`` (neither). None of this is legal advice, and
the screens say so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from .demands import Rule
from .records import formula
from .vocabulary import (
    ClockStart,
    Consent,
    ConsentKind,
    Ground,
    Period,
    Timing,
    Trigger,
    Unit,
    When,
)


class UnknownPreset(ValueError):
    """No preset of this id."""


class Verified(StrEnum):
    TEXT = "text"
    SECONDARY = "secondary"
    MEMORY = "memory"


class Content(StrEnum):
    """What a notice must say."""

    CHANGE = "change"
    EFFECTIVE_DATE = "effective_date"
    OLD_AND_NEW_WORDS = "old_and_new_words"
    NOTHING_ELSE = "nothing_else"
    RIGHTS = "rights"
    RIGHT_TO_END = "right_to_end"
    RIGHT_TO_REJECT = "right_to_reject"
    DEEMED_ACCEPTANCE = "deemed_acceptance"
    LAST_UPDATED = "last_updated"


@dataclass(frozen=True)
class Preset:
    """One rule from outside. ``rule`` None: a duty that no date or channel follows from.

    durable: the mail itself must hold the text. dedicated: nothing else in it.
    yearly: owed once a year even where nothing changes.
    """

    id: str
    where: str
    who: str
    law: str
    says: str
    source: str
    verified: Verified
    rule: Rule | None
    content: tuple[Content, ...]
    durable: bool
    dedicated: bool
    yearly: bool


def _read(path: Path) -> dict[str, Preset]:
    return {row["id"]: _preset(row) for row in json.loads(path.read_text(encoding="utf-8"))}


def _preset(row: Mapping[str, Any]) -> Preset:
    return Preset(
        id=row["id"],
        where=row["where"],
        who=row["who"],
        law=row["law"],
        says=row["says"],
        source=row["source"],
        verified=Verified(row["verified"]),
        rule=_rule(row["id"], row["rule"]) if row["rule"] else None,
        content=tuple(map(Content, row["content"])),
        durable=row["durable"],
        dedicated=row["dedicated"],
        yearly=row["yearly"],
    )


def _rule(source: str, row: Mapping[str, Any]) -> Rule:
    return Rule(
        source=source,
        trigger=Trigger(row["trigger"]),
        channels=formula(row["channels"]),
        timing=Timing(When(row["when"]), _period(row.get("at_least")), _period(row.get("at_most"))),
        clock_start=ClockStart(row.get("clock_start", ClockStart.ACCEPTED)),
        exceptions=tuple(map(Ground, row.get("exceptions", ()))),
        consent=Consent(ConsentKind(row.get("consent", ConsentKind.NONE))),
    )


def _period(text: str | None) -> Period | None:
    """Such as ``30 days`` or ``2 months``."""
    if text is None:
        return None
    count, unit = text.split()
    return Period(int(count), Unit(unit))


PRESETS = _read(Path(__file__).with_name("presets.json"))


def preset(preset_id: str) -> Preset:
    """Raises UnknownPreset."""
    try:
        return PRESETS[preset_id]
    except KeyError:
        raise UnknownPreset(preset_id) from None
