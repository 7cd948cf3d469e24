"""What differs between two texts of a policy, clause by clause: the Redline.

Pure: values in, values out. The order is vocabulary, then align (which clause
is which), words (what differs inside one), readable (what a reader wants to
see of it), changes (the whole), then significance and render, which consume it.
Reading clauses from models, and sentences about a redline, live elsewhere.
"""

from .changes import compare
from .vocabulary import (
    ClauseChange,
    ClauseState,
    Edit,
    EditKind,
    Outcome,
    Proposal,
    Reason,
    Redline,
    Significance,
)

__all__ = [
    "ClauseChange",
    "ClauseState",
    "Edit",
    "EditKind",
    "Outcome",
    "Proposal",
    "Reason",
    "Redline",
    "Significance",
    "compare",
]
