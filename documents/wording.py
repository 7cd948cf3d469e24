"""Sentences about promises, rules and dates, in one place for screens, commands and errors."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.promises import (
    AllOf,
    Channel,
    ClockStart,
    ConsentKind,
    Ground,
    Trigger,
    Unit,
    is_house_default,
    preset,
)
from documents.promises.demands import rule_of
from documents.promises.presets import Verified

CHANNEL_WORDS = {
    Channel.EMAIL: gettext_lazy("e-mail"),
    Channel.SITE_NOTICE: gettext_lazy("a notice on the site"),
    Channel.POSTING: gettext_lazy("posting the new text"),
}
GROUND_WORDS = {
    Ground.EDITORIAL: gettext_lazy("changes of wording alone"),
    Ground.BENEFICIAL: gettext_lazy("changes solely to people’s benefit"),
    Ground.ADMINISTRATIVE: gettext_lazy("purely administrative changes"),
    Ground.REQUIRED_BY_LAW: gettext_lazy("changes that the law requires"),
    Ground.SECURITY: gettext_lazy("changes needed for security"),
}
STARTS = {
    ClockStart.POSTED: gettext_lazy("The period counts from the posting."),
    ClockStart.DISPATCHED: gettext_lazy("The period counts from sending."),
    ClockStart.ACCEPTED: "",
    ClockStart.RECEIVED: gettext_lazy(
        "The period counts from receipt; a mail counts as received two full days after a mail "
        "server accepted it, by our house rule."
    ),
}
CONSENT_WORDS = {
    ConsentKind.NONE: "",
    ConsentKind.DEEMED: gettext_lazy(
        "The text takes further use for agreement; that is not consent."
    ),
    ConsentKind.WHERE_REQUIRED: gettext_lazy("Consent is asked for where it is required."),
    ConsentKind.EXPLICIT: gettext_lazy("A change applies to a person only once they agree."),
}


def day(value):
    """A legal day in words, such as 1 March 2026."""
    return date_format(value, "j F Y", use_l10n=False)


def moment(at, zone):
    """An instant in words, such as 1 March 2026, or 1 March 2026, 09:00 (Europe/Paris)."""
    local = at.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return day(local)
    return f"{date_format(local, 'j F Y, H:i', use_l10n=False)} ({zone.key})"


def chosen_day(effect, zone):
    """The day that an Effect names, with the time of day if it names one too."""
    if effect.on is None:
        return _("when it is announced")
    words = day(effect.on)
    return f"{words}, {effect.at:%H:%M} ({zone.key})" if effect.at else words


def period_words(period):
    """Such as 30 days, 10 working days (FR), 2 months."""
    counted = {
        Unit.DAYS: lambda n: ngettext("%(n)s day", "%(n)s days", n),
        Unit.WORKING_DAYS: lambda n: ngettext("%(n)s working day", "%(n)s working days", n),
        Unit.MONTHS: lambda n: ngettext("%(n)s month", "%(n)s months", n),
    }
    words = counted[period.unit](period.count) % {"n": period.count}
    return f"{words} ({period.calendar})" if period.calendar else words


def formula_words(formula):
    """Such as e-mail, or a notice on the site."""
    if isinstance(formula, Channel):
        return str(CHANNEL_WORDS[formula])
    if not isinstance(formula, AllOf):
        return _(" or ").join(map(formula_words, formula.parts))
    parts = (
        formula_words(part) if isinstance(part, Channel) else f"({formula_words(part)})"
        for part in formula.parts
    )
    return _(" and ").join(parts) if len(formula.parts) > 1 else formula_words(formula.parts[0])


def told_words(trigger, formula, timing):
    """Who is told what how and when, in one sentence."""
    names = {"how": formula_words(formula)}
    period = timing.period
    if period is None:
        if trigger is Trigger.ANY:
            return _("Any change is told by %(how)s.") % names
        return _("Every material change is told by %(how)s.") % names
    names["period"] = period_words(period)
    if timing.at_most:
        names["most"] = period_words(timing.at_most)
        if trigger is Trigger.ANY:
            sentence = _(
                "Any change is told by %(how)s at least %(period)s and at most %(most)s "
                "before it takes effect."
            )
        else:
            sentence = _(
                "Every material change is told by %(how)s at least %(period)s and at most "
                "%(most)s before it takes effect."
            )
    elif trigger is Trigger.ANY:
        sentence = _("Any change is told by %(how)s at least %(period)s before it takes effect.")
    else:
        sentence = _(
            "Every material change is told by %(how)s at least %(period)s before it takes effect."
        )
    return sentence % names


def promise_sentence(promise):
    """What a promise says, in as few sentences as it takes."""
    parts = [told_words(promise.trigger, promise.channels, promise.timing)]
    if promise.otherwise is not None:
        parts.append(
            _("Every other change is told by %(how)s.") % {"how": formula_words(promise.otherwise)}
        )
    parts.append(str(STARTS[promise.clock_start]))
    if promise.exceptions:
        grounds = ", ".join(str(GROUND_WORDS[ground]) for ground in promise.exceptions)
        parts.append(_("Excepted: %(grounds)s.") % {"grounds": grounds})
    parts.append(str(CONSENT_WORDS[promise.consent.kind]))
    return " ".join(filter(None, parts))


def basis_sentence(promise):
    """Where the promise comes from: the words that it cites, and whose interpretation it is."""
    if is_house_default(promise):
        return _("The policy says nothing of its own changes: this is our house default.")
    bases = promise.bases.values()
    words = dict.fromkeys(basis.words for basis in bases if basis.words)
    names = dict.fromkeys(basis.interpretation_by for basis in bases if basis.interpretation_by)
    parts = [_("The policy says: “%(words)s”.") % {"words": each} for each in words]
    if names:
        parts.append(_("Interpretation by %(name)s.") % {"name": ", ".join(names)})
    if promise.timing.period_is_ours:
        parts.append(_("The number of days is our house minimum, not the policy’s."))
    return " ".join(parts)


def rule_sentence(rule):
    """Which rule it is, and what it demands."""
    told = told_words(rule.trigger, rule.channels, rule.timing)
    name = preset(rule.source).law if rule.source else _("The promise in force")
    ours = ""
    if rule.source and rule.timing.period_is_ours:
        ours = " " + _("The number of days is our house minimum, not the rule’s.")
    return f"{name}: {told}{ours}"


VERIFIED_WORDS = {
    Verified.TEXT: gettext_lazy("its own words were read"),
    Verified.SECONDARY: gettext_lazy("known from somebody else’s account"),
    Verified.MEMORY: gettext_lazy("not verified"),
}


def preset_words(preset):
    """A statutory rule with its source, and how far that was verified."""
    return _("%(where)s: %(law)s. %(says)s Source: %(source)s (%(verified)s).") % {
        "where": preset.where,
        "law": preset.law,
        "says": preset.says,
        "source": preset.source,
        "verified": VERIFIED_WORDS[preset.verified],
    }


def why_this_early(policy_promise, demands, told_on):
    """Why the earliest date is what it is: the rule that makes it so.

    policy_promise: the promise in force; None while nothing is.
    """
    if policy_promise is None:
        return _("No text is in force yet, so nobody needs to be told of a change.")
    rule = demands.binding_on(told_on)
    sentence = f"{promise_sentence(policy_promise)} {basis_sentence(policy_promise)}".strip()
    if rule is None and rule_of(policy_promise) not in demands.rules:
        return _("The promise in force does not cover this change. ") + sentence
    return rule_sentence(rule) if rule and rule.source else sentence


UNUSABLE = {
    "bases_missing": gettext_lazy("Each term needs words that it rests on, or a name."),
    "audience_empty": gettext_lazy("Somebody must be told: choose whom."),
    "channels_empty": gettext_lazy("Choose how people are told."),
    "on_posting_needs_posting": gettext_lazy(
        "A change can take effect on posting only where posting is how it is told."
    ),
    "on_posting_has_no_period": gettext_lazy(
        "A change that takes effect on posting has no period of notice."
    ),
    "otherwise_is_posting": gettext_lazy("Other changes can be told by posting alone."),
}


def unusable_promise(error):
    """Why terms do not go together. error: a promises.UnusablePromise."""
    return str(UNUSABLE[error.code])


def skipped_time(effect, next_at, zone):
    local = next_at.astimezone(zone)
    return _("On %(day)s the clocks skip %(time)s. The next time that exists is %(next)s.") % {
        "day": day(effect.on),
        "time": f"{effect.at:%H:%M}",
        "next": f"{local:%H:%M}",
    }


def ambiguous_time(effect, zone):
    return _(
        "On %(day)s the clocks in %(zone)s show %(time)s twice. Choose the earlier or the later."
    ) % {"day": day(effect.on), "time": f"{effect.at:%H:%M}", "zone": zone.key}
