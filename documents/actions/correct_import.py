"""Correct what was read from a file, before it is accepted into the draft."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from documents import markup
from documents.actions.cleaning import clear_errors
from documents.errors import InvalidInput, NotPending, StaleDraft
from documents.importing import corrections
from documents.importing.outline import from_json, to_json
from documents.models import Clause, ImportedFile
from documents.permissions import require


def correct_clause(*, imported_id, base, at, level, number, heading, by):
    """at: the place of the clause. base: outline_sha256 of the import as the person saw it."""

    with clear_errors():
        Clause(level=level, number=number, heading=heading).clean_fields(exclude=["policy"])

    def correct(clauses):
        if not (heading or clauses[at].body):
            raise InvalidInput(field="heading", problem=_("A clause needs a heading or a text."))
        return corrections.opened(clauses, at, level=level, number=number, heading=heading)

    return _corrected(imported_id, base, at, by, correct)


@transaction.atomic
def number_clauses(*, imported_id, base, by):
    """Number the clauses by their place and level; the numbers of the file are lost."""
    imported = lock_import(imported_id, by)
    require_base(imported, base)
    _store(imported, corrections.numbered(from_json(imported.outline)))
    return imported


def join_clause(*, imported_id, base, at, by):
    """Make the clause the end of the one before it."""

    def correct(clauses):
        if at == 0:
            raise InvalidInput(field=_("clause"), problem=_("There is no clause before the first."))
        return corrections.joined(clauses, at)

    return _corrected(imported_id, base, at, by, correct)


def split_clause(*, imported_id, base, at, block, by):
    """Let a new clause begin with a block of the clause's body; block counts from 0."""

    def correct(clauses):
        clause = clauses[at]
        first = 0 if clause.heading or clause.number else 1
        if not first <= block < len(markup.blocks(clause.body)):
            raise InvalidInput(field=_("paragraph"), problem=_("There is no such paragraph."))
        return corrections.split(clauses, at, block)

    return _corrected(imported_id, base, at, by, correct)


@transaction.atomic
def take_in(*, imported_id, base, residue, by):
    """Make a clause of text that was left out. Returns its place.

    residue: the Residue, from the outline of the file.
    """
    imported = lock_import(imported_id, by)
    require_base(imported, base)
    with _fitting():
        clauses, at = corrections.taken_in(from_json(imported.outline), residue)
    _store(imported, clauses)
    return at


def start_again(*, imported_id, outline, by):
    """Forget all corrections and choices. outline: the file, read anew."""
    with transaction.atomic():
        imported = lock_import(imported_id, by)
        _store(imported, outline.clauses)
    return imported


def lock_import(imported_id, by):
    """The import's row, locked; it waits to be accepted. Raises NotPending."""
    imported = ImportedFile.objects.select_for_update(of=("self",)).get(pk=imported_id)
    require(by, "edit", imported.policy.publisher)
    if imported.accepted_at is not None:
        raise NotPending(_("This file was accepted into the draft already. Edit the draft now."))
    return imported


def require_base(imported, base):
    """Raises StaleDraft if base is not the outline_sha256 of the import any more."""
    if imported.outline_sha256 != base:
        raise StaleDraft(
            _(
                "Somebody corrected this import after you opened it. Nothing was changed. Look at "
                "it as it is now, then try again."
            )
        )


@transaction.atomic
def _corrected(imported_id, base, at, by, correct):
    imported = lock_import(imported_id, by)
    require_base(imported, base)
    clauses = from_json(imported.outline)
    if not 0 <= at < len(clauses):
        raise InvalidInput(field=_("clause"), problem=_("There is no such clause."))
    with _fitting():
        _store(imported, correct(clauses))
    return imported


@contextmanager
def _fitting():
    """Says it where a clause would become too long or too deep."""
    try:
        yield
    except (markup.MarkupTooLong, markup.MarkupTooDeep) as error:
        raise InvalidInput(field=_("clause"), problem=str(error)) from error


def _store(imported, clauses):
    """Choices about which clause is which fall with the places that they were made for."""
    imported.outline, imported.choices = to_json(clauses), {}
    imported.save(update_fields=["outline", "choices"])
