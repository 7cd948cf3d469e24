"""Change the text or place of one clause of the draft."""

from dataclasses import dataclass

from documents import markup
from documents.actions.editing import editing, find_clause, replace_clauses
from documents.errors import InvalidInput, StaleClause
from documents.evidence.canonical import digest


@dataclass(frozen=True)
class ClauseContent:
    """What a person may write about one clause. ``body`` is any HTML; it is normalised."""

    level: int
    number: str
    heading: str
    body: str


def clause_sha256(clause):
    """Hash of one clause as it stands in the draft; tells whether it changed meanwhile."""
    return digest([clause.level, clause.number, clause.heading, clause.body])


def edit_clause(*, policy, key, content, base_sha256, by):
    """base_sha256: clause_sha256 of what the person saw. Raises StaleClause if it moved on."""
    with editing(policy, by=by, log_action="documents.clause.edit") as draft:
        clauses = draft.ordered_clauses()
        clause = find_clause(clauses, key)
        if clause_sha256(clause) != base_sha256:
            raise StaleClause()
        write_content(clause, content)
        replace_clauses(draft, clauses)
    return clause


def write_content(clause, content):
    clause.level = content.level
    clause.number = content.number.strip()
    clause.heading = content.heading.strip()
    try:
        clause.body = markup.canonical(content.body)
    except (markup.MarkupTooLong, markup.MarkupTooDeep) as error:
        raise InvalidInput(field="text", problem=str(error)) from error
