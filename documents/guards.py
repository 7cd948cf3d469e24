"""Which tables of the documents app the database guards, and against what."""

from documents.models import (
    Approval,
    ClauseText,
    Entry,
    Motion,
    Place,
    Publication,
    Removal,
    SealedText,
    SignOff,
    TimeStamp,
    Version,
)
from documents.triggers import Guard, frozen

TABLE = Publication._meta.db_table
IN_EFFECT = "OLD.cleared_at IS NOT NULL AND OLD.withdrawn_at IS NULL AND OLD.effective_at <= {now}"
TIMETABLE_CHANGED = " OR ".join(
    f"NEW.{column} IS DISTINCT FROM OLD.{column}"
    for column in (
        "effective_at",
        "effective_local",
        "time_zone",
        "cleared_at",
        "withdrawn_at",
        "announced_at",
        "held_at",
        "promise_kept",
        "override_reason",
    )
)
PROPOSAL_CHANGED = " OR ".join(
    f"NEW.{column} IS DISTINCT FROM OLD.{column}"
    for column in (
        "publisher_id",
        "proposal",
        "proposal_sha256",
        "proposed_at",
        "proposed_by",
        "announced_at",
        "given_on",
        "discarded_at",
        "notice_required",
        "channels",
        "ground",
        "ground_source",
        "carries_id",
    )
)


def on_both(condition):
    """The same condition in both dialects; older SQLite spells IS DISTINCT FROM as IS NOT."""
    return {
        "sqlite": condition.replace("IS DISTINCT FROM", "IS NOT").format(
            now="strftime('%Y-%m-%d %H:%M:%f', 'now')"
        ),
        "postgresql": condition.format(now="clock_timestamp()"),
    }


def kept(model, but):
    """That an UPDATE leaves every column as it is but the named ones."""
    return " AND ".join(
        f'NOT (NEW."{field.column}" IS DISTINCT FROM OLD."{field.column}")'
        for field in model._meta.concrete_fields
        if field.column not in but
    )


# Removal by order, the one exception (docs/adr/0014). A place takes a marker of its own policy and
# clause for the very text that it holds; a text goes that a marker stands for and no place holds.
TAKES_ITS_MARKER = """EXISTS (
    SELECT 1 FROM documents_clausetext marker
    JOIN documents_clausetext original
        ON original.publisher_id = marker.publisher_id AND original.sha256 = marker.sha256
    JOIN documents_removal removal ON removal.id = marker.removal_id
    WHERE marker.id = NEW.text_id AND original.id = OLD.text_id AND original.removal_id IS NULL
        AND removal.policy_id = OLD.policy_id AND removal."key" = OLD."key")"""
IS_LET_GO = """OLD.removal_id IS NULL
    AND EXISTS (SELECT 1 FROM documents_clausetext marker
        WHERE marker.publisher_id = OLD.publisher_id AND marker.sha256 = OLD.sha256
            AND marker.removal_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM documents_place place WHERE place.text_id = OLD.id)"""

GUARDS = [
    frozen(ClauseText, unless={"DELETE": on_both(IS_LET_GO)}),
    frozen(
        Place,
        unless={"UPDATE": on_both(f"{kept(Place, but=['text_id'])} AND {TAKES_ITS_MARKER}")},
    ),
    frozen(Version),
    frozen(Entry),
    frozen(Approval),
    frozen(SignOff),
    frozen(Removal),
    frozen(SealedText),
    frozen(TimeStamp),
    Guard(Motion._meta.db_table, "kept", ("DELETE", "TRUNCATE"), "motions are kept"),
    Guard(
        Motion._meta.db_table,
        "settled",
        ("UPDATE",),
        "a motion that was decided stays as it is",
        on_both("OLD.settled_at IS NOT NULL"),
    ),
    Guard(
        TABLE,
        "kept",
        ("DELETE",),
        "an announced publication is part of the legal record",
        on_both("OLD.announced_at IS NOT NULL"),
    ),
    Guard(TABLE, "emptied", ("TRUNCATE",), "publications are part of the legal record"),
    Guard(
        TABLE,
        "past",
        ("UPDATE",),
        "what has taken effect cannot be moved, held or withdrawn",
        on_both(f"{IN_EFFECT} AND ({TIMETABLE_CHANGED})"),
    ),
    Guard(
        TABLE,
        "announced",
        ("UPDATE",),
        "what was announced cannot be rewritten",
        on_both(f"OLD.announced_at IS NOT NULL AND ({PROPOSAL_CHANGED})"),
    ),
    Guard(
        TABLE,
        "withdrawn",
        ("UPDATE",),
        "what was withdrawn stays withdrawn",
        on_both(
            "OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at"
        ),
    ),
]
