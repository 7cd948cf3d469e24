"""Take a clause out of the draft. Versions that hold it keep it."""

from documents.actions.editing import editing, find_clause, replace_clauses


def remove_clause(*, policy, key, by):
    with editing(policy, by=by, log_action="documents.clause.remove") as draft:
        clauses = draft.ordered_clauses()
        clauses.remove(find_clause(clauses, key))
        replace_clauses(draft, clauses)
