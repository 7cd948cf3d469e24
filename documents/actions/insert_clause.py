"""Add a clause to the draft."""

from documents.actions.edit_clause import write_content
from documents.actions.editing import editing, find_clause, replace_clauses
from documents.models import Clause


def insert_clause(*, policy, content, after, by):
    """after: the key of the clause to stand behind, or None for the top. Returns the Clause."""
    with editing(policy, by=by, log_action="documents.clause.insert") as draft:
        clauses = draft.ordered_clauses()
        position = clauses.index(find_clause(clauses, after)) + 1 if after else 0
        clause = Clause()
        write_content(clause, content)
        clauses.insert(position, clause)
        replace_clauses(draft, clauses)
    return clause
