"""Which tables of the notifications app the database guards, and against what."""

from documents.guards import kept, on_both
from documents.triggers import Guard, frozen
from notifications.models import (
    Attempt,
    Delivery,
    DeliveryEvent,
    Display,
    Notice,
    NoticeMessage,
    Reminder,
    Sighting,
    Unreached,
)

KEPT = ("DELETE", "TRUNCATE")

# Removal by order (docs/adr/0014): what a notice of that policy says gives way to words that
# name the order; its hash stays.
WORDING = ["subject", "text", "html"]
NAMES_THE_ORDER = """EXISTS (
    SELECT 1 FROM documents_removal removal
    JOIN documents_version version ON version.policy_id = removal.policy_id
    JOIN notifications_notice notice ON notice.publication_id = version.publication_id
    WHERE notice.id = OLD.notice_id AND replace(NEW.text, removal."order", '') <> NEW.text)"""

GUARDS = [
    frozen(
        NoticeMessage,
        unless={"UPDATE": on_both(f"{kept(NoticeMessage, but=WORDING)} AND {NAMES_THE_ORDER}")},
    ),
    frozen(DeliveryEvent),
    frozen(Reminder),
    frozen(Sighting),
    frozen(Unreached),
    Guard(Display._meta.db_table, "kept", KEPT, "site notices are part of the legal record"),
    Guard(Notice._meta.db_table, "kept", KEPT, "notices are part of the legal record"),
    Guard(Delivery._meta.db_table, "kept", KEPT, "deliveries are part of the legal record"),
    Guard(Attempt._meta.db_table, "kept", KEPT, "attempts are part of the legal record"),
    Guard(
        Attempt._meta.db_table,
        "ended",
        ("UPDATE",),
        "an attempt that has ended is part of the legal record",
        on_both("OLD.finished_at IS NOT NULL"),
    ),
    Guard(
        Delivery._meta.db_table,
        "settled",
        ("UPDATE",),
        "a settled delivery is part of the legal record",
        on_both("OLD.settled_at IS NOT NULL"),
    ),
]
