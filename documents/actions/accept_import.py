"""Make the clauses of a file the draft. A clause that is still there keeps its key."""

from dataclasses import astuple, dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.actions.correct_import import lock_import, require_base
from documents.actions.editing import clause_of, editing, replace_clauses
from documents.errors import InvalidInput, MatchesUndecided, StaleDraft
from documents.evidence.canonical import digest
from documents.importing.matching import Match, match
from documents.importing.outline import OutlineClause, from_json
from legalcms import clock

NEW = ""
_STALE = gettext_lazy(
    "The import or the draft changed after you looked at it. Nothing was imported. Look at it "
    "as it is now, then accept."
)


@dataclass(frozen=True)
class Accepted:
    """What an import did: counts of clauses that kept a key, are new, or are gone."""

    clauses: tuple[OutlineClause, ...]
    kept: int
    added: int
    removed: int
    has_changed: bool


@dataclass(frozen=True)
class Identity:
    """Which clause of the draft a clause of a file is.

    key: that it keeps; None for a new one. doubt: what a person has to decide on, while nobody
    has; until then key is None.
    """

    key: str | None
    doubt: Match | None = None


@transaction.atomic
def choose_matches(*, imported_id, base, choices, by):
    """Keep what a person decided about doubtful clauses.

    choices: for the place of a clause the key that it keeps, or NEW. Raises InvalidInput for a
    key that the draft does not have or that two clauses would keep.
    """
    imported = lock_import(imported_id, by)
    require_base(imported, base)
    states = imported.policy.draft().states()
    decided = _standing(imported.choices, states) | {str(at): key for at, key in choices.items()}
    chosen_keys(from_json(imported.outline), states, decided)
    imported.choices = decided
    imported.save(update_fields=["choices"])
    return imported


@transaction.atomic
def accept_import(*, imported_id, by, doubtful=None, seen=None):
    """Returns Accepted. Raises MatchesUndecided where a person has to say which clause is which.

    doubtful: "same" or "new", to decide that at once for all that nobody decided on. seen:
    seen_sha256 of what a person looked at; raises StaleDraft if that is not what stands now.
    """
    imported = lock_import(imported_id, by)
    clauses = from_json(imported.outline)
    with editing(imported.policy, by=by, log_action="documents.import") as draft:
        before = draft.states()
        if seen not in {None, seen_sha256(imported, before)}:
            raise StaleDraft(_STALE)
        keys = kept_keys(clauses, before, imported.choices, doubtful)
        replace_clauses(draft, [clause_of(*each) for each in zip(clauses, keys, strict=True)])
        has_changed = draft.states() != before
    imported.accepted_at, imported.outline = clock.now(), []
    imported.save(update_fields=["accepted_at", "outline"])
    kept = sum(key is not None for key in keys)
    return Accepted(clauses, kept, len(keys) - kept, len(before) - kept, has_changed)


def seen_sha256(imported, states):
    """Of all that an accepted import follows from: its clauses, the choices, and the draft."""
    return digest([imported.outline, imported.choices, [[*astuple(state)] for state in states]])


def kept_keys(clauses, states, choices, doubtful=None):
    """For each clause the key that it keeps, or None for a new one. Raises MatchesUndecided."""
    found = identities(clauses, states, choices)
    undecided = [clause for clause, each in zip(clauses, found, strict=True) if each.doubt]
    if undecided and doubtful is None:
        raise _undecided(undecided)
    is_same = doubtful == "same"
    return [each.doubt.key if each.doubt and is_same else each.key for each in found]


def identities(clauses, states, choices):
    """The Identity of each clause. A choice falls with the clause of the draft that it named."""
    chosen = chosen_keys(clauses, states, _standing(choices, states))
    taken = set(filter(None, chosen.values()))

    def identity(at, found):
        if at in chosen:
            return Identity(chosen[at])
        if found is None or found.key in taken:
            return Identity(None)
        return Identity(found.key) if found.is_sure else Identity(None, doubt=found)

    return [identity(*each) for each in enumerate(match(clauses, states))]


def _standing(choices, states):
    known = {NEW, *(state.key for state in states)}
    return {at: key for at, key in choices.items() if key in known}


def chosen_keys(clauses, states, choices):
    """Place → key or None, as people chose. Raises InvalidInput."""
    known = {state.key for state in states}
    chosen = {int(at): key or None for at, key in choices.items()}
    kept = [key for key in chosen.values() if key]
    if not set(chosen) <= set(range(len(clauses))) or not set(kept) <= known:
        problem = _("The draft has no such clause any more. Look at the import again.")
        raise InvalidInput(field=_("match"), problem=problem)
    if len(set(kept)) < len(kept):
        problem = _("Two clauses of the file cannot both be the same clause of the draft.")
        raise InvalidInput(field=_("match"), problem=problem)
    return chosen


def _undecided(clauses):
    names = [f"{clause.number} {clause.heading}".strip() for clause in clauses]
    named = "; ".join(
        name or _("line %(line)s") % {"line": c.lines[0]}
        for name, c in zip(names, clauses, strict=True)
    )
    count = len(clauses)
    return MatchesUndecided(
        ngettext(
            "%(count)s clause may be one that the draft has already: %(clauses)s. Nothing was "
            "imported. Decide first whether it is the same one.",
            "%(count)s clauses may be ones that the draft has already: %(clauses)s. Nothing was "
            "imported. Decide first for each whether it is the same one.",
            count,
        ),
        count=count,
        clauses=named,
    )
