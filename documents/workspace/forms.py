"""Forms of the admin side. They check form; actions check rules."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.widgets import AdminDateInput
from wagtail.rich_text import expand_db_html

from documents.models.clauses import MAX_LEVEL
from documents.models.promises import PromiseSetting
from documents.models.versions import SignificanceChoice

FEATURES = ["bold", "italic", "ol", "ul", "link"]
# What the rich-text editor would drop without a word.
BEYOND_EDITOR = re.compile(r"<(table|small)\b|<ol start=")


class ClauseForm(forms.Form):
    """One clause. ``base`` is the hash of the clause as the person saw it."""

    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    heading = forms.CharField(label=_("Heading"), max_length=1000, required=False)
    level = forms.IntegerField(
        label=_("Level"),
        min_value=1,
        max_value=MAX_LEVEL,
        initial=1,
        help_text=_("1 for a section, 2 for a clause in it, and so on."),
    )
    body = forms.CharField(label=_("Text"), required=False, max_length=500_000)
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, current_body="", **kwargs):
        super().__init__(*args, **kwargs)
        self.as_markup = bool(BEYOND_EDITOR.search(current_body))
        if self.as_markup:
            self.fields["body"].widget = forms.Textarea(attrs={"rows": 20})
            self.fields["body"].help_text = _(
                "This clause holds a table, a footnote or a list with its own first number: "
                "it is edited as HTML, so that nothing is lost."
            )
        else:
            self.fields["body"].widget = get_rich_text_editor_widget(features=FEATURES)

    def clean_body(self):
        body = self.cleaned_data["body"]
        return body if self.as_markup else expand_db_html(body)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("heading") and not cleaned.get("body"):
            raise forms.ValidationError(_("Write a heading or a text."))
        return cleaned


class PublishForm(forms.Form):
    """What a person decides about a publication."""

    summary = forms.CharField(
        label=_("Summary"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
        help_text=_("What changes, in words for readers. Stands in the notice and on the page."),
    )
    significance = forms.ChoiceField(label=_("Significance"), choices=SignificanceChoice)
    effective_on = forms.DateField(label=_("Takes effect on"), widget=AdminDateInput)
    draft_sha256 = forms.CharField(widget=forms.HiddenInput)


class NewDateForm(forms.Form):
    effective_on = forms.DateField(label=_("Takes effect on"), widget=AdminDateInput)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class PromiseForm(forms.ModelForm):
    class Meta:
        model = PromiseSetting
        fields = ["trigger", "channel", "notice_days", "clause_key", "words", "interpretation_by"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, clauses=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("No clause says it")), *((c.key, str(c)) for c in clauses)]
        self.fields["clause_key"] = forms.TypedChoiceField(
            label=_("Clause"), choices=choices, required=False, empty_value=None
        )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("A text (.txt) or Markdown (.md) file in UTF-8.")
    )
