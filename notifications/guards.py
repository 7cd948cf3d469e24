"""Which tables of the notifications app the database guards, and against what."""

from documents.guards import on_both
from documents.triggers import Guard, frozen
from notifications.models import Attempt, Delivery, Notice, NoticeMessage

KEPT = ("DELETE", "TRUNCATE")

GUARDS = [
    frozen(NoticeMessage),
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
