"""Correct an import by hand: its clauses, and which of them is which of the draft."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from documents import markup
from documents.actions.accept_import import choose_matches
from documents.actions.correct_import import (
    correct_clause,
    join_clause,
    number_clauses,
    split_clause,
    take_in,
)
from documents.errors import StaleDraft
from documents.templatetags.importing import titled

from .base import PolicyForm
from .import_forms import OpeningForm, choices_of, place_of
from .imports import ImportAct, OneImport


class CorrectClause(OneImport, PolicyForm):
    """Level, number and heading of one clause; where others begin; which of the draft it is."""

    template_name = "documents/workspace/import_clause.html"
    page_title = gettext_lazy("Correct a clause")
    form_class = OpeningForm
    submit = gettext_lazy("Save level, number and heading")

    @cached_property
    def row(self):
        for row in self.review.rows:
            if row.at == self.kwargs["at"]:
                return row
        raise Http404

    def get_page_subtitle(self):
        return titled(self.row.clause)

    def get_initial(self):
        clause = self.row.clause
        return {
            "level": clause.level,
            "number": clause.number,
            "heading": clause.heading,
            "base": self.review.base,
        }

    def perform(self, data):
        return correct_clause(
            imported_id=self.imported.pk, at=self.kwargs["at"], by=self.request.user, **data
        )

    def refuse(self, form, error):
        """Where the import is another by now, the place may be another clause's."""
        if isinstance(error, StaleDraft):
            messages.error(self.request, str(error))
            return redirect(self.review_url)
        return super().refuse(form, error)

    def success_message(self, imported):
        return _("Corrected.")

    def success_url(self, imported):
        return f"{self.review_url}#clause-{self.kwargs['at']}"

    def get_context_data(self, **kwargs):
        clause = self.row.clause
        first = 0 if clause.heading or clause.number else 1
        blocks = enumerate(markup.blocks(clause.body))
        return super().get_context_data(**kwargs) | {
            "review": self.review,
            "row": self.row,
            "blocks": [(at, markup.to_text(block), at >= first) for at, block in blocks],
        }


class Correction(ImportAct):
    """One that is made of the clauses as the person saw them."""

    @property
    def named(self):
        return super().named | {"base": self.request.POST.get("base", "")}


class NumberClauses(Correction):
    """Numbers by place instead of those of the file."""

    def perform(self):
        number_clauses(**self.named)
        messages.success(self.request, _("The clauses are numbered by their place now."))
        return self.review_url


class JoinClause(Correction):
    def perform(self):
        at = self.kwargs["at"]
        join_clause(at=at, **self.named)
        messages.success(self.request, _("It now belongs to the clause before."))
        return self.place(at - 1)


class SplitClause(Correction):
    def perform(self):
        at, block = self.kwargs["at"], place_of(self.request.POST.get("block", ""))
        split_clause(at=at, block=block, **self.named)
        messages.success(self.request, _("A new clause begins there now."))
        return self.place(at + 1)


class TakeIn(Correction):
    """Make a clause of text that was left out."""

    def perform(self):
        residue, at = self.outline.residue, self.kwargs["at"]
        if at >= len(residue):
            raise Http404
        place = take_in(residue=residue[at], **self.named)
        messages.success(self.request, _("Taken in as a clause of its own."))
        return self.place(place)


class ChooseMatches(Correction):
    def perform(self):
        choices = choices_of(self.request.POST)
        if not choices:
            messages.warning(self.request, _("Nothing was decided."))
            return self.review_url
        choose_matches(choices=choices, **self.named)
        messages.success(self.request, _("Your decisions are kept."))
        return self.place(min(choices)) if len(choices) == 1 else self.review_url
