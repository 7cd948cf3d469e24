"""An outline as JSON: what ``manage.py import_policy --json`` prints.

{"title": "…", "metadata": {…}, "clauses": [{"level", "number", "heading", "text",
"lines": [from, to], "match": {"key", "how", "confidence"} or null}, …],
"residue": [{"lines", "text"}, …], "copies": [[from, to], …], "lints": [{"code", "lines",
"words"}, …], "skipped_lints": [code, …], "lines": {kind: how many, …}}.
A match is with the draft that the file is for.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from documents.markup import to_text

from .accounting import account
from .lints import find, skipped
from .matching import Match
from .outline import Finding, Outline, OutlineClause, Residue


def json_form(outline: Outline, matches: Sequence[Match | None]) -> dict[str, Any]:
    """matches: one for each clause; None where there is no draft, or nothing like it in it."""
    return {
        "title": outline.title,
        "metadata": dict(outline.metadata),
        "clauses": [_clause(*each) for each in zip(outline.clauses, matches, strict=True)],
        "residue": [_residue(each) for each in outline.residue],
        "copies": [list(lines) for lines in outline.copies],
        "lints": [_finding(each) for each in find(outline)],
        "skipped_lints": list(skipped(outline)),
        "lines": Counter(each.kind for each in account(outline)),
    }


def _clause(clause: OutlineClause, match: Match | None) -> dict[str, Any]:
    return {
        "level": clause.level,
        "number": clause.number,
        "heading": clause.heading,
        "text": to_text(clause.body),
        "lines": list(clause.lines),
        "match": match
        and {
            "key": match.key,
            "how": match.how.value,
            "confidence": round(match.confidence, 2),
        },
    }


def _residue(residue: Residue) -> dict[str, Any]:
    return {"lines": list(residue.lines), "text": residue.text}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "lines": list(finding.lines), "words": finding.words}
