"""Download everything that proves one version: the evidence folder as one file."""

import tempfile
import zipfile
from pathlib import Path

from django import forms
from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.actions.export_evidence import export_evidence
from documents.errors import LegalCMSError

from .publications import PublicationForm


class DownloadEvidence(PublicationForm):
    """Asks first: each export is an entry of the evidence log."""

    act = "audit"
    page_title = gettext_lazy("Evidence")
    template_name = "documents/workspace/download.html"
    form_class = forms.Form
    submit = gettext_lazy("Download")

    def form_valid(self, form):
        try:
            file = self.perform(form.cleaned_data)
        except LegalCMSError as error:
            return self.refuse(form, error)
        response = FileResponse(file, as_attachment=True, filename=f"{self.folder_name}.zip")
        response["Cache-Control"] = "no-store"
        return response

    @property
    def folder_name(self):
        policy = self.policy
        return f"evidence-{policy.publisher.slug}-{policy.slug}-{self.version.number}"

    def perform(self, data):
        with tempfile.TemporaryDirectory() as parent:
            folder = Path(parent) / self.folder_name
            export_evidence(version=self.version, folder=folder, by=self.request.user)
            return zipped(folder)

    def lead(self):
        return _(
            "The text, the timetable, every notice with its lines of proof, and the log up to now, "
            "with a program that checks them without us: python3 verify.py. The lines hold no "
            "address. That you downloaded it becomes an entry of the evidence log."
        )


def zipped(folder):
    """A file that goes once it is closed, with this folder in it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(folder.parent))
    file.seek(0)
    return file
