"""Forms of the admin side. They check form; actions check rules."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput, AdminTimeInput
from wagtail.rich_text import expand_db_html

from documents import markup, wording
from documents.actions.propose_publication import ClaimedException
from documents.models import Publisher
from documents.models.clauses import MAX_LEVEL
from documents.models.publications import GroundChoice
from documents.models.versions import SignificanceChoice
from documents.promises import Channel, Effect, Ground

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


class EffectForm(forms.Form):
    """When something is to take effect, as a legal day and, if need be, a time."""

    effective_on = forms.DateField(
        label=_("Takes effect on"), widget=AdminDateInput, required=False
    )
    effective_time = forms.TimeField(
        label=_("At"),
        widget=AdminTimeInput,
        required=False,
        help_text=_("Empty: when the day begins, in the publisher’s time zone."),
    )
    which = forms.ChoiceField(
        label=_("Which of the two"),
        required=False,
        choices=[("", "—"), ("earlier", _("The earlier")), ("later", _("The later"))],
        help_text=_("Only where clocks are set back and show this time twice."),
    )

    @property
    def effect(self):
        data = self.cleaned_data
        later = {"": None, "earlier": False, "later": True}[data["which"]]
        return Effect(data["effective_on"], data["effective_time"], later)


EXCEPTION = ("ground", "source", "affected")


class ProposeForm(EffectForm):
    """What a person decides about a change before another approves it."""

    summary = forms.CharField(
        label=_("Summary"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
        help_text=_("What changes, in words for readers. Stands in the notice and on the page."),
    )
    significance = forms.ChoiceField(label=_("Significance"), choices=SignificanceChoice)
    channels = forms.ChoiceField(
        label=_("How people are told"),
        required=False,
        help_text=_("As the promise leaves it to you. The new text is always posted as well."),
    )
    ground = forms.ChoiceField(
        label=_("Exception"),
        required=False,
        choices=[("", _("None: the promised notice is given")), *GroundChoice.choices],
        help_text=_(
            "Frees from the rules that name it. If it is the law, security or solely to people’s "
            "benefit, the change may take effect at once even against the promise: the record "
            "and the public page then say that the promise was not kept."
        ),
    )
    source = forms.CharField(
        label=_("What it rests on"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The law, the order, the finding. Public."),
    )
    affected = forms.MultipleChoiceField(
        label=_("Affected clauses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("An exception covers the clauses that you tick, and no others may change."),
    )
    draft_sha256 = forms.CharField(widget=forms.HiddenInput)

    field_order = ["summary", "significance", "effective_on", "effective_time", "which"]

    def __init__(self, *args, plans=(), changed=(), **kwargs):
        """plans: sets of channels that keep the promise; changed: (key, title) of each clause."""
        super().__init__(*args, **kwargs)
        self.fields["channels"].choices = [(plan_name(plan), plan_label(plan)) for plan in plans]
        if len(plans) < 2:  # nothing to choose
            del self.fields["channels"]
        self.fields["affected"].choices = changed
        self.fields["effective_on"].help_text = _(
            "Empty: when it is announced, where nothing has to be waited for."
        )

    @property
    def exception(self):
        data = self.cleaned_data
        if not data["ground"]:
            return None
        return ClaimedException(Ground(data["ground"]), data["source"], tuple(data["affected"]))

    @property
    def chosen_channels(self):
        """None where the promise leaves no choice."""
        chosen = self.cleaned_data.get("channels", "")
        return tuple(map(Channel, chosen.split("+"))) if chosen else None

    @property
    def main_fields(self):
        return [field for field in self.visible_fields() if field.name not in EXCEPTION]

    @property
    def exception_fields(self):
        return [self[name] for name in EXCEPTION]


def plan_name(plan):
    return "+".join(channel.value for channel in Channel if channel in plan)


def plan_label(plan):
    told = [channel for channel in Channel if channel in plan and channel != Channel.POSTING]
    words = " + ".join(str(wording.CHANNEL_WORDS[channel]) for channel in told or plan)
    return capfirst(words)


class NewDateForm(EffectForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].required = True


class EarlierDateForm(EffectForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Public: it stands on the page of the version."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class RulesForm(forms.ModelForm):
    class Meta:
        model = Publisher
        fields = ["two_person_rule", "failures_allowed"]


class RemovalForm(forms.Form):
    """clauses: (key, title) of each clause that still has words in a version."""

    key = forms.ChoiceField(label=_("Clause"))
    order = forms.CharField(
        label=_("Order"),
        max_length=500,
        help_text=_("Who gave it, when, its number. Public: it stands where the text stood."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For the person who decides, and for the record. Not public."),
    )
    destroy = forms.BooleanField(
        label=_("Destroy the original"),
        required=False,
        help_text=_(
            "Only if the order says so. Else the original is kept sealed: no screen, search or "
            "export shows it."
        ),
    )

    def __init__(self, *args, clauses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", _("Choose a clause")), *clauses]
