"""The form of a promise: its terms, and for each the words or the person that it rests on."""

from dataclasses import dataclass

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from documents import wording
from documents.promises import (
    PRESETS,
    AllOf,
    AnyOf,
    AudienceRole,
    Availability,
    Basis,
    Channel,
    ClockStart,
    Consent,
    ConsentKind,
    Ground,
    Period,
    Promise,
    Term,
    Timing,
    Trigger,
    Unit,
    UnusablePromise,
    When,
    resting_on,
)
from documents.promises.dates import MAX_COUNT

EMAIL, SITE, POSTING = Channel.EMAIL, Channel.SITE_NOTICE, Channel.POSTING
FORMULAS = {
    "email": EMAIL,
    "site_notice": SITE,
    "posting": POSTING,
    "email_or_site": AnyOf((EMAIL, SITE)),
    "email_or_posting": AnyOf((EMAIL, POSTING)),
    "email_and_site": AllOf((EMAIL, SITE)),
    "email_and_posting": AllOf((EMAIL, POSTING)),
    "site_and_posting": AllOf((SITE, POSTING)),
    "email_or_site_and_posting": AllOf((AnyOf((EMAIL, SITE)), POSTING)),
}
STATED = "stated"
TRIGGERS = [(Trigger.ANY, _("Any change")), (Trigger.MATERIAL, _("Material changes"))]
WHENS = [
    (When.ON_POSTING, _("On posting: the change takes effect when it is posted")),
    (When.BEFORE_EFFECT, _("Before it takes effect; no number is named")),
    (STATED, _("At least so long before it takes effect")),
]
UNITS = [
    (Unit.DAYS, _("days")),
    (Unit.WORKING_DAYS, _("working days")),
    (Unit.MONTHS, _("calendar months")),
]
STARTS = [
    (ClockStart.ACCEPTED, _("When a mail server has accepted the mail")),
    (ClockStart.DISPATCHED, _("When the mail is sent")),
    (ClockStart.RECEIVED, _("When the mail is received")),
    (ClockStart.POSTED, _("When the text is posted")),
]
CONSENTS = [
    (ConsentKind.NONE, _("Nothing is said of it")),
    (ConsentKind.DEEMED, _("Further use, or silence, is taken for agreement")),
    (ConsentKind.WHERE_REQUIRED, _("Consent is asked for where it is required")),
    (ConsentKind.EXPLICIT, _("A change applies only to those who agree")),
]
AVAILABILITIES = [
    (Availability.NOT_STATED, _("Nothing is said of it")),
    (Availability.ON_PAGE, _("On this page")),
    (Availability.ALWAYS, _("Always available")),
]
ROLES = [
    (AudienceRole.ACCOUNT_HOLDERS, _("Account holders")),
    (AudienceRole.END_USERS, _("End users")),
]
TERMS = {
    Term.TRIGGER: _("What must be told"),
    Term.CHANNELS: _("How"),
    Term.TIMING: _("When"),
    Term.CLOCK_START: _("From when the period counts"),
    Term.OTHERWISE: _("Other changes"),
    Term.EXCEPTIONS: _("Exceptions"),
    Term.CONSENT: _("Agreement"),
    Term.AUDIENCE: _("Who must be told"),
    Term.AVAILABILITY: _("Where the current text is"),
}


def count_field(label):
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=max(MAX_COUNT.values())
    )


@dataclass(frozen=True)
class CitedTerm:
    """The fields of one term's own basis, for the template."""

    label: str
    fields: tuple


class PromiseForm(forms.Form):
    """One promise. The first basis serves every term that has none of its own."""

    trigger = forms.ChoiceField(label=_("What must be told"), choices=TRIGGERS)
    channels = forms.ChoiceField(label=_("How"))
    when = forms.ChoiceField(label=_("When"), choices=WHENS)
    at_least = count_field(_("At least"))
    at_least_unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, required=False)
    at_most = count_field(_("At most"))
    at_most_unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, required=False)
    calendar = forms.CharField(
        label=_("Public holidays of"),
        max_length=12,
        required=False,
        help_text=_("For working days: a country, or country and region, such as FR or DE-BY."),
    )
    clock_start = forms.ChoiceField(
        label=_("The period counts from"), choices=STARTS, initial=ClockStart.ACCEPTED
    )
    otherwise_posted = forms.BooleanField(
        label=_("Changes that are not material are told by posting the new text"), required=False
    )
    exceptions = forms.MultipleChoiceField(
        label=_("No notice is promised for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(ground, capfirst(wording.GROUND_WORDS[ground])) for ground in Ground],
    )
    consent = forms.ChoiceField(label=_("Agreement"), choices=CONSENTS)
    object_within = count_field(_("Days to object"))
    audience = forms.MultipleChoiceField(
        label=_("Who must be told"),
        widget=forms.CheckboxSelectMultiple,
        choices=ROLES,
        initial=[role for role, _label in ROLES],
    )
    availability = forms.ChoiceField(label=_("Where the current text is"), choices=AVAILABILITIES)
    presets = forms.MultipleChoiceField(
        label=_("Statutory rules to keep as well"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Facts that others may have to check, not legal advice."),
    )

    def __init__(self, *args, clauses=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channels"].choices = [
            (name, capfirst(wording.formula_words(formula))) for name, formula in FORMULAS.items()
        ]
        self.fields["presets"].choices = [
            (each.id, wording.preset_words(each)) for each in PRESETS.values()
        ]
        choices = [("", _("No clause says it")), *((str(c.key), str(c)) for c in clauses)]
        for prefix in ("", *(f"{term.value}_" for term in Term)):
            self.fields[f"{prefix}clause_key"] = forms.ChoiceField(
                label=_("Clause"), choices=choices, required=False
            )
            self.fields[f"{prefix}words"] = forms.CharField(
                label=_("Words of the clause"),
                required=False,
                max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"{prefix}interpretation_by"] = forms.CharField(
                label=_("Interpretation by"), required=False, max_length=200
            )

    @property
    def main_terms(self):
        """The fields of the terms themselves, in order."""
        cited = {name for term in Term for name in basis_names(f"{term.value}_")}
        main = {*basis_names(""), "presets"}
        return [field for field in self if field.name not in cited | main]

    @property
    def main_basis(self):
        return [self[name] for name in basis_names("")]

    @property
    def cited_terms(self):
        return [
            CitedTerm(label, tuple(self[name] for name in basis_names(f"{term.value}_")))
            for term, label in TERMS.items()
        ]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if cleaned["when"] == STATED and cleaned["at_least"] is None:
            self.add_error("at_least", _("Say how long, or choose that no number is named."))
            return cleaned
        try:
            cleaned["promise"] = self._promise(cleaned)
        except UnusablePromise as error:
            self.add_error(None, wording.unusable_promise(error))
        return cleaned

    def _promise(self, data):
        main = basis_in(data, "")
        own = {term: basis_in(data, f"{term.value}_") for term in Term}
        when = When.ON_POSTING if data["when"] == When.ON_POSTING else When.BEFORE_EFFECT
        return Promise(
            trigger=Trigger(data["trigger"]),
            channels=FORMULAS[data["channels"]],
            timing=Timing(
                when,
                self._period(data, "at_least") if data["when"] == STATED else None,
                self._period(data, "at_most"),
            ),
            bases=resting_on(
                main, {term: basis for term, basis in own.items() if basis != Basis()}
            ),
            clock_start=ClockStart(data["clock_start"]),
            otherwise=Channel.POSTING if data["otherwise_posted"] else None,
            exceptions=tuple(map(Ground, data["exceptions"])),
            consent=Consent(
                ConsentKind(data["consent"]),
                Period(data["object_within"]) if data["object_within"] is not None else None,
            ),
            audience=tuple(map(AudienceRole, data["audience"])),
            availability=Availability(data["availability"]),
        )

    def _period(self, data, name):
        if data[name] is None:
            return None
        unit = Unit(data[f"{name}_unit"] or Unit.DAYS)
        calendar = data["calendar"] if unit is Unit.WORKING_DAYS else ""
        return Period(data[name], unit, calendar.strip())


def basis_names(prefix):
    return [f"{prefix}{name}" for name in ("clause_key", "words", "interpretation_by")]


def basis_in(data, prefix):
    return Basis(*(data[name].strip() for name in basis_names(prefix)))


def initial_of(promise, presets):
    """What the form shows for a recorded promise."""
    timing = promise.timing
    at_least, at_most = timing.at_least, timing.at_most
    names = {formula: name for name, formula in FORMULAS.items()}
    initial = {
        "trigger": promise.trigger,
        "channels": names.get(promise.channels, ""),
        "when": STATED if at_least else timing.when,
        "clock_start": promise.clock_start,
        "otherwise_posted": promise.otherwise is not None,
        "exceptions": list(promise.exceptions),
        "consent": promise.consent.kind,
        "audience": list(promise.audience),
        "availability": promise.availability,
        "presets": presets,
        "calendar": next((p.calendar for p in (at_least, at_most) if p and p.calendar), ""),
    }
    for name, period in (("at_least", at_least), ("at_most", at_most)):
        if period:
            initial |= {name: period.count, f"{name}_unit": period.unit}
    if promise.consent.object_within:
        initial["object_within"] = promise.consent.object_within.count
    return initial | bases_in(promise)


def bases_in(promise):
    """The basis that most terms rest on stands first; the others have their own."""
    bases = list(promise.bases.values())
    main = max(bases, key=bases.count)
    shown = {"": main} | {
        f"{term.value}_": basis for term, basis in promise.bases.items() if basis != main
    }
    return {
        name: value
        for prefix, basis in shown.items()
        for name, value in zip(
            basis_names(prefix),
            (basis.clause_key, basis.words, basis.interpretation_by),
            strict=True,
        )
    }
