"""Which clause of the draft a clause of a new file is, so that it keeps its key.

Only what is certain: the same text; else the same number and heading; else the
same heading; each only where it is unique on both sides. Everything else is a
new clause: a lost key is a smaller harm than a wrong one.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from documents.comparison import ClauseState

from .outline import OutlineClause

Signature = Callable[[OutlineClause | ClauseState], Hashable]


def match(new: Sequence[OutlineClause], old: Sequence[ClauseState]) -> list[str | None]:
    """For each clause of ``new`` the key of its clause in ``old``, or None; no key twice."""
    keys: list[str | None] = [None] * len(new)
    for signature in (_text, _title, _heading):
        _match_unique(new, old, keys, signature)
    return keys


def _text(clause: OutlineClause | ClauseState) -> Hashable:
    return clause.heading, clause.body


def _title(clause: OutlineClause | ClauseState) -> Hashable:
    return clause.heading and (clause.number, clause.heading)


def _heading(clause: OutlineClause | ClauseState) -> Hashable:
    return clause.heading


def _match_unique(
    new: Sequence[OutlineClause],
    old: Sequence[ClauseState],
    keys: list[str | None],
    signature: Signature,
) -> None:
    taken = set(keys)
    free = [clause for clause in old if clause.key not in taken]
    open_places = [i for i, key in enumerate(keys) if key is None]
    counts_new = Counter(signature(new[i]) for i in open_places)
    counts_old = Counter(signature(clause) for clause in free)
    found = {signature(clause): clause.key for clause in free}
    for i in open_places:
        mark = signature(new[i])
        if mark and counts_new[mark] == counts_old[mark] == 1:
            keys[i] = found[mark]
