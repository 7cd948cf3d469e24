"""Sentences about promises and dates, in one place for screens, commands and errors."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.promises import Channel, Trigger, triggered


def day(value):
    """A legal day in words, such as 1 March 2026."""
    return date_format(value, "j F Y", use_l10n=False)


def promise_sentence(promise):
    """What a promise says, in one sentence."""
    if promise.channel is Channel.POSTING and promise.days:
        return _posted_ahead(promise)
    sentences = {
        (Trigger.ANY, Channel.POSTING): _("Any change is told by posting the new text."),
        (Trigger.MATERIAL, Channel.POSTING): _(
            "Every material change is told by posting the new text."
        ),
        (Trigger.ANY, Channel.EMAIL): ngettext(
            "Any change is told by e-mail at least %(n)s day before it takes effect.",
            "Any change is told by e-mail at least %(n)s days before it takes effect.",
            promise.days,
        ),
        (Trigger.MATERIAL, Channel.EMAIL): ngettext(
            "Every material change is told by e-mail at least %(n)s day before it takes effect.",
            "Every material change is told by e-mail at least %(n)s days before it takes effect.",
            promise.days,
        ),
    }
    return sentences[promise.trigger, promise.channel] % {"n": promise.days}


def _posted_ahead(promise):
    sentences = {
        Trigger.ANY: ngettext(
            "Any change is told by posting the new text at least %(n)s day before it takes effect.",
            "Any change is told by posting the new text at least %(n)s days "
            "before it takes effect.",
            promise.days,
        ),
        Trigger.MATERIAL: ngettext(
            "Every material change is told by posting the new text at least %(n)s day "
            "before it takes effect.",
            "Every material change is told by posting the new text at least %(n)s days "
            "before it takes effect.",
            promise.days,
        ),
    }
    return sentences[promise.trigger] % {"n": promise.days}


def basis_sentence(promise):
    """Where the promise comes from: its words, or whose interpretation it is."""
    parts = []
    if promise.basis.words:
        parts.append(_("The policy says: “%(words)s”.") % {"words": promise.basis.words})
    if promise.basis.interpretation_by:
        parts.append(_("Interpretation by %(name)s.") % {"name": promise.basis.interpretation_by})
    if promise.days_are_ours:
        parts.append(_("The number of days is our house minimum, not the policy’s."))
    return " ".join(parts)


def why_this_early(promise, significance):
    """Why the earliest date is what it is."""
    if promise is None:
        return _("No text is in force yet, so nobody needs to be told of a change.")
    sentence = f"{promise_sentence(promise)} {basis_sentence(promise)}".strip()
    if not triggered(promise, significance):
        return _("The promise in force does not cover a change of this significance. ") + sentence
    return sentence
