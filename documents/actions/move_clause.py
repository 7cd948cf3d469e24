"""Move a clause of the draft up or down by one place."""

from documents.actions.editing import editing, find_clause, replace_clauses


def move_clause(*, policy, key, by, down):
    """At the end of the text nothing moves. Numbers stay as written."""
    with editing(policy, by=by, log_action="documents.clause.move") as draft:
        clauses = draft.ordered_clauses()
        old = clauses.index(find_clause(clauses, key))
        new = min(max(old + (1 if down else -1), 0), len(clauses) - 1)
        clauses.insert(new, clauses.pop(old))
        replace_clauses(draft, clauses)
