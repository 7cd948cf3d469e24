"""What differs between two texts of a policy, clause by clause: the Redline.

Pure: values in, values out. The order is vocabulary, then align with likeness
and order (which clause is which), families (splits and merges), words (what
differs inside one), readable (what a reader wants to see of it), changes (the
whole), strays (words that crossed a border); then references, significance with
telling, json_form and render, which consume it. Reading clauses from models, and sentences about a
redline, live elsewhere. docs/redline.md says what it guarantees.
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
