"""One clause of the draft: write, insert, move, remove."""

from django import forms
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from documents.actions.edit_clause import ClauseContent, clause_sha256, edit_clause
from documents.actions.editing import find_clause
from documents.actions.insert_clause import insert_clause
from documents.actions.move_clause import move_clause
from documents.actions.remove_clause import remove_clause
from documents.errors import LegalCMSError, StaleClause

from .base import PolicyForm, PolicyScreen
from .forms import ClauseForm


class ClauseScreen(PolicyForm):
    act = "edit"
    template_name = "documents/workspace/clause.html"
    form_class = ClauseForm
    submit = gettext_lazy("Save to the draft")

    def content(self, data):
        return ClauseContent(data["level"], data["number"], data["heading"], data["body"])

    def success_message(self, clause):
        return _("“%(clause)s” is saved to the draft.") % {"clause": clause}

    def success_url(self, clause):
        return f"{self.url('outline')}#c-{clause.key}"


class OneClause:
    """A screen about the clause of the draft that the address names."""

    @cached_property
    def clause(self):
        return find_clause(self.draft.ordered_clauses(), self.kwargs["key"])

    def get_page_subtitle(self):
        return str(self.clause)


class EditClause(OneClause, ClauseScreen):
    page_title = gettext_lazy("Edit clause")
    theirs = None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"current_body": self.clause.body}

    def get_initial(self):
        clause = self.clause
        return {
            "number": clause.number,
            "heading": clause.heading,
            "level": clause.level,
            "body": clause.body,
            "base": clause_sha256(clause),
        }

    def perform(self, data):
        return edit_clause(
            policy=self.policy,
            key=self.kwargs["key"],
            content=self.content(data),
            base_sha256=data["base"],
            by=self.request.user,
        )

    def refuse(self, form, error):
        if isinstance(error, StaleClause):
            # Both texts are shown; saving again is then a decision.
            self.theirs = self.clause
            form.data = form.data.copy()
            form.data["base"] = clause_sha256(self.clause)
        return super().refuse(form, error)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"theirs": self.theirs}


class InsertClause(ClauseScreen):
    """A new clause after the one named in the address, or at the top."""

    page_title = gettext_lazy("New clause")

    @cached_property
    def neighbour(self):
        """The clause to stand behind, if any."""
        after = self.kwargs.get("after")
        return find_clause(self.draft.ordered_clauses(), after) if after else None

    def get_initial(self):
        return {"level": self.neighbour.level if self.neighbour else 1}

    def perform(self, data):
        return insert_clause(
            policy=self.policy,
            content=self.content(data),
            after=self.kwargs.get("after"),
            by=self.request.user,
        )

    def lead(self):
        if self.neighbour:
            return _("It will stand after “%(clause)s”.") % {"clause": self.neighbour}
        return _("It will stand at the top.")


class RemoveClause(OneClause, PolicyForm):
    """Asks first."""

    act = "edit"
    template_name = "documents/workspace/confirm.html"
    page_title = gettext_lazy("Remove clause")
    form_class = forms.Form
    submit = gettext_lazy("Yes, remove it")

    def perform(self, data):
        clause = self.clause
        remove_clause(policy=self.policy, key=clause.key, by=self.request.user)
        return clause

    def success_message(self, clause):
        return _("“%(clause)s” is removed from the draft.") % {"clause": clause}

    def lead(self):
        return _(
            "Remove “%(clause)s” from the draft? Published versions that hold this clause keep it."
        ) % {"clause": self.clause}


class MoveClause(PolicyScreen, View):
    """Up or down by one place; answers POST alone."""

    act = "edit"
    http_method_names = ["post"]

    def post(self, request, pk, key, change):
        try:
            move_clause(policy=self.policy, key=key, by=request.user, down=change == "down")
        except LegalCMSError as error:
            messages.error(request, str(error))
        return redirect(f"{self.url('outline')}#c-{key}")
