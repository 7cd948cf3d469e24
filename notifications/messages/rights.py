"""What people can do about a change and until when: what the promise and the law give, no more.

A period that runs from the message is told with the day on which it ends for whoever gets the
message on the day of the announcement: for others it ends later, never earlier.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import wording
from documents.comparison import Significance
from documents.promises import (
    ConsentKind,
    Ground,
    Period,
    Unit,
    demands_on,
    legal_day,
    preset,
)
from documents.promises.dates import add_period
from documents.promises.presets import Content


class Way(StrEnum):
    END = "end"
    REJECT = "reject"
    WITHDRAW_CONSENT = "withdraw_consent"


class Until(StrEnum):
    """effect: until it takes effect. message, later, after_effect: for a period from the message,
    from it or from the effect if that is later, from the effect. open: for a period of which the
    rule as we know it does not say from when. unstated: no time is named.
    """

    EFFECT = "effect"
    MESSAGE = "message"
    LATER = "later"
    AFTER_EFFECT = "after_effect"
    OPEN = "open"
    UNSTATED = "unstated"


@dataclass(frozen=True)
class Right:
    """costs: what the rule says of them, or empty."""

    way: Way
    until: Until = Until.UNSTATED
    period: Period | None = None
    costs: str = ""


FREE = gettext_lazy("It costs you nothing.")
NO_MORE_COST = gettext_lazy("There is no further cost.")
NO_PENALTY = gettext_lazy("There is no penalty.")
BEFORE = Right(Way.REJECT, Until.EFFECT)
DCD = Right(Way.END, Until.LATER, Period(30), FREE)
# By preset, from what it says itself. A preset without a line gives what its contents name.
RIGHTS = {
    "eu-p2b-3-2": (Right(Way.END, Until.EFFECT),),
    "eu-eecc-105-4": (Right(Way.END, Until.MESSAGE, Period(1, Unit.MONTHS), NO_MORE_COST),),
    "de-tkg-57": (Right(Way.END, Until.MESSAGE, Period(3, Unit.MONTHS)),),
    "fr-conso-l224-33": (Right(Way.END, Until.OPEN, Period(4, Unit.MONTHS), FREE),),
    "uk-ofcom-c1": (Right(Way.END, costs=NO_PENALTY),),
    "eu-psd2-54": (BEFORE, Right(Way.END, Until.EFFECT, costs=FREE)),
    "ie-psr-78": (BEFORE, Right(Way.END, Until.EFFECT, costs=FREE)),
    "eu-dcd-19": (DCD,),
    "de-bgb-327r": (Right(Way.END, Until.LATER, Period(30)),),
    "us-reg-z": (BEFORE,),
    "ca-qc-11-2": (Right(Way.REJECT, Until.AFTER_EFFECT, Period(30)),),
    "br-lgpd": (Right(Way.WITHDRAW_CONSENT),),
}
BY_CONTENT = {Content.RIGHT_TO_END: Way.END, Content.RIGHT_TO_REJECT: Way.REJECT}
WORDS = {
    Way.END: {
        Until.EFFECT: gettext_lazy("You may end your contract before %(effect)s."),
        Until.MESSAGE: gettext_lazy(
            "You may end your contract within %(period)s of receiving this message: "
            "until %(day)s at least."
        ),
        Until.LATER: gettext_lazy(
            "You may end your contract within %(period)s of receiving this message, or of the "
            "change if that is later: until %(day)s at least."
        ),
        Until.OPEN: gettext_lazy("You may end your contract for %(period)s."),
        Until.UNSTATED: gettext_lazy("You may end your contract."),
    },
    Way.REJECT: {
        Until.EFFECT: gettext_lazy("You may reject the change before %(effect)s."),
        Until.AFTER_EFFECT: gettext_lazy("You may reject the change until %(day)s."),
        Until.UNSTATED: gettext_lazy("You may reject the change."),
    },
    Way.WITHDRAW_CONSENT: {
        Until.UNSTATED: gettext_lazy("You may withdraw consent that you have given."),
    },
}


def ways(occasion):
    """Sentences about what people can do, each with the law that it rests on, if it is one.

    occasion: one that tells changes of what was before.
    """
    demands = _demands(occasion)
    sentences = [*_about_consent(occasion, demands)]
    for rule in demands.rules:
        if rule.source:
            sentences += _about_rights(occasion, preset(rule.source))
    return sentences


def _demands(occasion):
    """By the promise in force before, even where the change was in force when it was announced."""
    publication = occasion.publication
    chosen = (preset(each).rule for each in publication.proposal.get("presets", []))
    return demands_on(
        occasion.old.promise,
        [rule for rule in chosen if rule],
        Significance(occasion.version.significance),
        Ground(publication.ground) if publication.ground else None,
    )


def _about_consent(occasion, demands):
    """The strictest is told; deemed agreement, which is no consent, beside it."""
    kinds = {rule.consent.kind for rule in demands.rules}
    if ConsentKind.EXPLICIT in kinds:
        yield _("The change applies to you only once you agree to it.")
        return
    for rule in demands.rules:
        if rule.consent.kind is ConsentKind.DEEMED:
            yield _deemed_by_law(rule) if rule.source else _deemed(occasion, rule.consent)
    if ConsentKind.WHERE_REQUIRED in kinds:
        yield _(
            "Where your consent is required for something in this change, we ask you for it apart "
            "from this message."
        )


def _deemed_by_law(rule):
    words = _("If you do not reject the change before it takes effect, that counts as acceptance.")
    return _with_law(words, preset(rule.source))


def _deemed(occasion, consent):
    names = {"title": occasion.version.title, "effect": effect_words(occasion)}
    if consent.object_within:
        told_on = legal_day(occasion.told_at, occasion.zone)
        names |= {
            "period": wording.period_words(consent.object_within),
            "day": wording.day(add_period(told_on, consent.object_within)),
        }
        return (
            _(
                "“%(title)s” takes your further use for agreement. You may object within "
                "%(period)s of this message: until %(day)s at least."
            )
            % names
        )
    if occasion.is_in_effect:
        return _("“%(title)s” takes your further use for agreement.") % names
    return (
        _(
            "“%(title)s” takes your further use for agreement. You may object until it takes "
            "effect: until %(effect)s."
        )
        % names
    )


def _about_rights(occasion, rule):
    rights = RIGHTS.get(rule.id) or [Right(BY_CONTENT[c]) for c in rule.content if c in BY_CONTENT]
    for right in rights:
        yield _with_law(_sentence(occasion, right), rule)


def _sentence(occasion, right):
    """After the effect its own end is no limit that could still be told."""
    until = right.until
    if until is Until.EFFECT and occasion.is_in_effect:
        until = Until.UNSTATED
    told_on = legal_day(occasion.told_at, occasion.zone)
    effect_on = legal_day(occasion.publication.effective_at, occasion.zone)
    starts = {
        Until.MESSAGE: told_on,
        Until.LATER: max(told_on, effect_on),
        Until.AFTER_EFFECT: effect_on,
    }
    names = {"effect": effect_words(occasion)}
    if right.period:
        names["period"] = wording.period_words(right.period)
        if until in starts:
            names["day"] = wording.day(add_period(starts[until], right.period))
    return " ".join(filter(None, [WORDS[right.way][until] % names, str(right.costs)]))


def _with_law(words, rule):
    return f"{words} ({rule.law})"


def effect_words(occasion):
    """When it takes effect, with the time of day and the zone."""
    local = occasion.publication.effective_at.astimezone(occasion.zone)
    return _("%(day)s, %(time)s (%(zone)s)") % {
        "day": wording.day(local),
        "time": f"{local:%H:%M}",
        "zone": occasion.zone.key,
    }
