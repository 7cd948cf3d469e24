"""Forms of an import. They check form; actions check rules."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from documents.actions.accept_import import NEW
from documents.importing import MAX_BYTES
from documents.importing.decoding import MAX_BYTES as MAX_TEXT_BYTES
from documents.importing.reading import READERS
from documents.models.clauses import MAX_LEVEL

MAX_PASTED = 500_000  # characters
CHOICE = "match-"  # and the place of a clause: what a person decided about it


class UploadForm(forms.Form):
    """A file, or text. ``pasted_html`` is that text as the clipboard had it, with its headings."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(READERS)}),
    )
    accept_changes = forms.BooleanField(
        label=_("Accept tracked changes"),
        required=False,
        help_text=_(
            "Only for Word files: the text is read as if every tracked change were accepted, else "
            "as if every one were rejected."
        ),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        max_length=MAX_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    pasted_html = forms.CharField(
        required=False, max_length=MAX_PASTED, widget=forms.HiddenInput, strip=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "Word (.docx) of at most %(word)s; a web page (.html, .mhtml), Markdown (.md) or plain "
            "text (.txt) in UTF-8 of at most %(other)s."
        ) % {"word": filesizeformat(MAX_BYTES), "other": filesizeformat(MAX_TEXT_BYTES)}

    def clean(self):
        cleaned = super().clean()
        has_file, has_text = bool(cleaned.get("file")), bool(cleaned.get("text", "").strip())
        if not self.errors and has_file == has_text:
            raise forms.ValidationError(
                _("Choose a file or paste a text, not both.")
                if has_file
                else _("Choose a file, or paste the text.")
            )
        return cleaned

    @property
    def upload(self):
        """(bytes, name) of what is to be read. A byte more than is allowed is enough to see it."""
        data = self.cleaned_data
        if data["file"]:
            return data["file"].read(MAX_BYTES + 1), data["file"].name
        if data["pasted_html"]:
            return data["pasted_html"].encode(), str(_("Pasted text")) + ".html"
        return data["text"].encode(), str(_("Pasted text")) + ".txt"


class OpeningForm(forms.Form):
    """What a clause of a file opens with. ``base`` tells of which state of the import."""

    level = forms.IntegerField(
        label=_("Level"),
        min_value=1,
        max_value=MAX_LEVEL,
        help_text=_("1 for a section, 2 for a clause in it, and so on."),
    )
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    heading = forms.CharField(label=_("Heading"), max_length=1000, required=False)
    base = forms.CharField(widget=forms.HiddenInput)


def choices_of(data):
    """What a posted form decides: place of a clause → the key that it keeps, or NEW.

    What was left open is not in it.
    """
    chosen = {
        name.removeprefix(CHOICE): value for name, value in data.items() if name.startswith(CHOICE)
    }
    return {place_of(at): NEW if value == "new" else value for at, value in chosen.items() if value}


def place_of(text):
    """The number in a posted value; -1, which no place has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
