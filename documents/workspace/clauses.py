"""One clause of the draft: write, insert, move, remove."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView

from documents.actions.edit_clause import ClauseContent, clause_sha256, edit_clause
from documents.actions.editing import find_clause
from documents.actions.insert_clause import insert_clause
from documents.actions.move_clause import move_clause
from documents.actions.remove_clause import remove_clause
from documents.errors import LegalCMSError, StaleClause

from .base import PolicyScreen
from .forms import ClauseForm


class ClauseScreen(PolicyScreen, FormView):
    act = "edit"
    template_name = "documents/workspace/clause.html"
    form_class = ClauseForm

    def content(self, form):
        data = form.cleaned_data
        return ClauseContent(data["level"], data["number"], data["heading"], data["body"])

    def form_valid(self, form):
        try:
            clause = self.save(form)
        except LegalCMSError as error:
            return self.refuse(form, error)
        messages.success(
            self.request, _("“%(clause)s” is saved to the draft.") % {"clause": clause}
        )
        return redirect(f"{self.url('outline')}#c-{clause.key}")

    def refuse(self, form, error):
        form.add_error(None, str(error))
        return self.form_invalid(form)


class EditClause(ClauseScreen):
    page_title = gettext_lazy("Edit clause")

    @cached_property
    def clause(self):
        return find_clause(self.draft.ordered_clauses(), self.kwargs["key"])

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

    def save(self, form):
        return edit_clause(
            policy=self.policy,
            key=self.kwargs["key"],
            content=self.content(form),
            base_sha256=form.cleaned_data["base"],
            by=self.request.user,
        )

    def refuse(self, form, error):
        if isinstance(error, StaleClause):
            # What they wrote stays in the form; saving again is then a decision.
            form.data = form.data.copy()
            form.data["base"] = clause_sha256(self.clause)
        return super().refuse(form, error)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"clause": self.clause}


class InsertClause(ClauseScreen):
    """A new clause after the one named in the address, or at the top."""

    page_title = gettext_lazy("New clause")

    def get_initial(self):
        after = self.kwargs.get("after")
        clauses = self.draft.ordered_clauses()
        return {"level": find_clause(clauses, after).level if after else 1}

    def save(self, form):
        return insert_clause(
            policy=self.policy,
            content=self.content(form),
            after=self.kwargs.get("after"),
            by=self.request.user,
        )


class ChangeOutline(PolicyScreen, View):
    """Move or remove one clause; answers POST alone."""

    act = "edit"
    http_method_names = ["post"]

    def post(self, request, pk, key, change):
        try:
            if change == "remove":
                remove_clause(policy=self.policy, key=key, by=request.user)
            else:
                move_clause(policy=self.policy, key=key, by=request.user, down=change == "down")
        except LegalCMSError as error:
            messages.error(request, str(error))
        anchor = "" if change == "remove" else f"#c-{key}"
        return redirect(self.url("outline") + anchor)
