"""One text's changes made on top of another's: what was announced, on top of an urgent fix.

By key alone, and never a guess: where both changed the same clause, or both
the order, there is no answer, and a person writes the text anew.
"""

from collections.abc import Sequence

from .vocabulary import ClauseState, Redline

Text = Sequence[ClauseState]


def rebase(base: Text, theirs: Text, ours: Text) -> tuple[ClauseState, ...] | None:
    """``ours`` with what ``theirs`` changed of ``base``; None where the two disagree."""
    order = _merged(_keys(base), _keys(theirs), _keys(ours))
    if order is None:
        return None
    old, new, fixed = ({clause.key: clause for clause in text} for text in (base, theirs, ours))
    result = []
    for key in order:
        sides = old.get(key), new.get(key), fixed.get(key)
        if sides[1] != sides[0] != sides[2] and sides[1] != sides[2]:
            return None
        clause = sides[2] if sides[1] == sides[0] else sides[1]
        if clause is not None:
            result.append(clause)
    return tuple(result)


def is_same_change(announced: Redline, rebased: Redline) -> bool:
    """Whether both redlines tell the very same clauses, words and order of changes."""
    return announced.changed == rebased.changed


def _keys(text: Text) -> list[str]:
    return [clause.key for clause in text]


def _merged(base: list[str], theirs: list[str], ours: list[str]) -> list[str] | None:
    """The order of all keys, where only one side changed it."""
    if ours == base:
        return [*theirs, *(key for key in ours if key not in theirs)]
    if theirs == base:
        return [*ours, *(key for key in theirs if key not in ours)]
    return ours if ours == theirs else None
