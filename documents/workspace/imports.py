"""Import a file: take it in, look at it beside the draft, correct it, accept it."""

from io import BytesIO

from django import forms
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages

from documents.actions.accept_import import accept_import
from documents.actions.correct_import import start_again
from documents.actions.discard_import import discard_import
from documents.actions.upload_file import read_file, upload_file
from documents.errors import FileUnreadable, LegalCMSError, NotPending
from documents.models import Actor

from .base import PolicyForm, PolicyScreen
from .import_forms import UploadForm
from .import_review import ImportReview

MAX_LISTED = 50  # files that were accepted


class ImportFile(PolicyForm):
    """Take a file in; and the files that wait, and those accepted earlier."""

    act = "edit"
    template_name = "documents/workspace/import.html"
    page_title = gettext_lazy("Import a file")
    form_class = UploadForm
    submit = gettext_lazy("Read it")

    def perform(self, data):
        content, name = self.form.upload
        return upload_file(
            policy=self.policy,
            data=content,
            name=name,
            by=self.request.user,
            accept_changes=data["accept_changes"],
        )

    def refuse(self, form, error):
        if isinstance(error, FileUnreadable) and not form.cleaned_data["file"]:
            form.add_error("text", str(error))
            return self.form_invalid(form)
        return super().refuse(form, error)

    def success_message(self, imported):
        return _("Read. Nothing in the draft has changed yet.")

    def success_url(self, imported):
        return self.url("import_review", imported.pk)

    def lead(self):
        return _(
            "First you see what was read, beside the file, and correct it. Only when you accept it "
            "do its clauses replace those of the draft. The text in force is not touched."
        )

    def get_context_data(self, **kwargs):
        has_bytes = ExpressionWrapper(~Q(packed=b""), output_field=BooleanField())
        files = self.policy.imported_files.defer("packed", "outline", "choices")
        files = files.annotate(has_bytes=has_bytes)
        waiting = [*files.filter(accepted_at__isnull=True)]
        accepted = [*files.filter(accepted_at__isnull=False).order_by("-accepted_at")[:MAX_LISTED]]
        actors = Actor.objects.in_bulk({each.uploaded_by for each in (*waiting, *accepted)})
        return super().get_context_data(**kwargs) | {
            "waiting": [(each, actors.get(each.uploaded_by)) for each in waiting],
            "accepted": [(each, actors.get(each.uploaded_by)) for each in accepted],
            "is_cut": len(accepted) == MAX_LISTED,
        }


class OneImport(PolicyScreen):
    """A screen about ``self.imported``, a file that waits to be accepted."""

    act = "edit"

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except (NotPending, FileUnreadable) as error:
            messages.error(request, str(error))
            return redirect(self.url("import"))

    @cached_property
    def imported(self):
        imported = get_object_or_404(self.policy.imported_files, pk=self.kwargs["imported"])
        if imported.accepted_at:
            raise NotPending(_("This file was accepted into the draft already."))
        return imported

    @cached_property
    def outline(self):
        """Of the file, read anew."""
        imported = self.imported
        return read_file(imported.data, imported.name, accept_changes=imported.accept_changes)

    @cached_property
    def review(self):
        return ImportReview(self.imported, self.outline, self.draft.states())

    @property
    def review_url(self):
        return self.url("import_review", self.imported.pk)

    def get_breadcrumbs_items(self):
        *trail, screen = super().get_breadcrumbs_items()
        return [*trail, {"url": self.url("import"), "label": _("Import a file")}, screen]

    def get_page_subtitle(self):
        return self.imported.name

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "imported": self.imported,
            "review_url": self.review_url,
        }


class ReviewImport(OneImport, TemplateView):
    template_name = "documents/workspace/import_review.html"
    page_title = gettext_lazy("Look at the import")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"review": self.review}


class ImportAct(OneImport, View):
    """A button of the review; answers POST alone. Subclasses perform() it, and say where to go."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            return redirect(self.perform())
        except NotPending:
            raise
        except LegalCMSError as error:
            messages.error(request, str(error))
            return redirect(self.review_url)

    @property
    def named(self):
        """What every action is told."""
        return {"imported_id": self.imported.pk, "by": self.request.user}

    def place(self, at):
        """The address of a clause on the review."""
        return f"{self.review_url}#clause-{at}"


class AcceptImport(ImportAct):
    """Make it the draft."""

    def perform(self):
        done = accept_import(seen=self.request.POST.get("seen", ""), **self.named)
        counts = {"kept": done.kept, "added": done.added, "removed": done.removed}
        messages.success(
            self.request,
            _("Imported. Clauses: %(kept)s recognised, %(added)s new, %(removed)s gone.") % counts,
        )
        return self.url("outline")


class AskFirst(OneImport, PolicyForm):
    template_name = "documents/workspace/import_confirm.html"
    form_class = forms.Form


class StartAgain(AskFirst):
    page_title = gettext_lazy("Start again")
    submit = gettext_lazy("Yes, start again")

    def perform(self, data):
        return start_again(imported_id=self.imported.pk, outline=self.outline, by=self.request.user)

    def success_message(self, imported):
        return _("The file was read anew.")

    def success_url(self, imported):
        return self.review_url

    def lead(self):
        return _("Read “%(name)s” anew? All corrections and decisions made here are lost.") % {
            "name": self.imported.name
        }


class DiscardImport(AskFirst):
    page_title = gettext_lazy("Discard the import")
    submit = gettext_lazy("Yes, discard it")

    def perform(self, data):
        return discard_import(imported_id=self.imported.pk, by=self.request.user)

    def success_message(self, done):
        return _("“%(name)s” is discarded.") % {"name": self.imported.name}

    def success_url(self, done):
        return self.url("import")

    def lead(self):
        return _(
            "Throw “%(name)s” away, with all corrections made here? The draft stays as it is."
        ) % {"name": self.imported.name}


class DownloadFile(PolicyScreen, View):
    """The bytes as they came. Never shown: a file may hold anything."""

    act = "edit"

    def get(self, request, *args, **kwargs):
        imported = get_object_or_404(self.policy.imported_files, pk=kwargs["imported"])
        if not imported.packed:
            raise Http404
        response = FileResponse(
            BytesIO(imported.data),
            as_attachment=True,
            filename="".join(filter(str.isprintable, imported.name)),
            content_type="application/octet-stream",
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store"
        return response
