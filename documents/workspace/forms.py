"""Forms of the admin side. They check form; actions check rules."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput
from wagtail.rich_text import expand_db_html

from documents import markup
from documents.models.clauses import MAX_LEVEL
from documents.models.promises import PromiseSetting
from documents.models.versions import SignificanceChoice

FEATURES = ["bold", "italic", "ol", "ul", "link"]
RICH, MARKUP = "rich", "html"


def survives_rich_text(body):
    """Whether the rich-text editor gives a canonical body back as it got it.

    It knows no tables, footnotes, first numbers of lists or second paragraphs
    of an item, and would drop them without a word.
    """
    converter = ContentstateConverter(FEATURES)
    stored = converter.to_database_format(converter.from_database_format(body))
    return markup.canonical(expand_db_html(stored)) == body


class ClauseForm(forms.Form):
    """One clause. ``base`` is the hash of the clause as the person saw it.

    ``written_in`` says how ``body`` is to be read: by the time that it arrives,
    somebody else may have put a table into the clause, or taken one out.
    """

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
    written_in = forms.ChoiceField(
        widget=forms.HiddenInput, choices=[(RICH, RICH), (MARKUP, MARKUP)]
    )

    def __init__(self, *args, current_body="", **kwargs):
        super().__init__(*args, **kwargs)
        editor = RICH if survives_rich_text(current_body) else MARKUP
        self.fields["written_in"].initial = editor
        if self.is_bound:
            editor = self.data.get("written_in")
        self.as_markup = editor == MARKUP
        if self.as_markup:
            self.fields["body"].widget = AdminAutoHeightTextInput(attrs={"rows": 20})
            self.fields["body"].help_text = _(
                "This clause holds a table, a footnote or a list that the editor would change: "
                "it is edited as HTML, so that nothing is lost."
            )
        else:
            widget = get_rich_text_editor_widget(features=FEATURES)
            widget.options["ariaLabel"] = self.fields["body"].label
            self.fields["body"].widget = widget

    def clean_body(self):
        body = self.cleaned_data["body"]
        try:
            return markup.canonical(body if self.as_markup else expand_db_html(body))
        except (markup.MarkupTooLong, markup.MarkupTooDeep) as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["heading"] or cleaned["body"]):
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
