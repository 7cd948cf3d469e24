"""Make an earlier version's text the draft again, every clause with its key."""

from documents.actions.editing import editing, replace_clauses
from documents.models import Clause


def restore_version(*, policy, version, by):
    """version: a Version of this policy. Returns the draft; what stood there is in its history."""
    return set_draft(policy, version.clauses(), by=by, log_action="documents.restore")


def set_draft(policy, clauses, *, by, log_action):
    """clauses: ClauseStates."""
    with editing(policy, by=by, log_action=log_action) as draft:
        replace_clauses(
            draft,
            [
                Clause(
                    key=clause.key,
                    level=clause.level,
                    number=clause.number,
                    heading=clause.heading,
                    body=clause.body,
                )
                for clause in clauses
            ],
        )
    return policy.draft()
