"""Which tables of the documents app the database guards, and against what."""

from documents.models import ClauseText, Entry, Place, Publication, Version
from documents.triggers import Guard, frozen

TABLE = Publication._meta.db_table
IN_EFFECT = "OLD.cleared_at IS NOT NULL AND OLD.withdrawn_at IS NULL AND OLD.effective_at <= {now}"
TIMETABLE_CHANGED = " OR ".join(
    f"NEW.{column} IS DISTINCT FROM OLD.{column}"
    for column in ("effective_at", "cleared_at", "withdrawn_at", "announced_at", "held_at")
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
        "notice_required",
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


GUARDS = [
    frozen(ClauseText),
    frozen(Place),
    frozen(Version),
    frozen(Entry),
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
