"""A sentence for each kind of entry of the evidence log, in SENTENCES.

Whole sentences, each translatable by itself; where an entry has more than one,
each stands alone. What the system does is told in the passive. A kind that has
no sentence yet is named as it is: no entry is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from documents import wording
from documents.models import Actor, Motion
from documents.models.approvals import MotionKind
from documents.models.publications import GroundChoice, HoldReasonChoice
from documents.models.publishers import TwoPersonRule
from documents.models.versions import SignificanceChoice
from documents.promises import Effect, Term, from_record, preset
from documents.story import notices

THE_SYSTEM = gettext_lazy("the system")


@dataclass(frozen=True)
class Happening:
    """An entry of the log, with what its sentence needs from elsewhere.

    who: a name; actor: the key behind it. number: of the version; None where it
    has none, or not yet; carries: of the version whose notice counts for it.
    due_at: when it was to take effect, by the log up to and with this entry.
    reason: None where none was given, empty where its words are gone. count: of
    the like that happened on that day, where they are told in one.
    """

    kind: str
    at: datetime
    payload: Mapping
    who: str
    actor: str
    zone: ZoneInfo
    number: int | None = None
    carries: int | None = None
    due_at: datetime | None = None
    proposal: Mapping | None = None
    motion: Motion | None = None
    reason: str | None = None
    count: int = 1

    def say(self, template, **more):
        """A template's %(who)s, %(number)s, %(day)s of the effect and %(before)s, the day before.

        more: what else it names.
        """
        before = self.payload.get("before")
        values = {
            "who": self.who,
            "number": self.number,
            "day": self.due_at and wording.moment(self.due_at, self.zone),
            "before": before and wording.moment(datetime.fromisoformat(before), self.zone),
        }
        return template % (values | more)


def sentence(happening):
    """What happened, and the reason that was given."""
    told = SENTENCES.get(happening.kind, unknown)
    sentences = told(happening) if callable(told) else [happening.say(told)]
    words = " ".join(map(str, [*sentences, *because(happening.reason)]))
    return capital(words, happening.who)


def capital(words, who):
    """A sentence begins with a capital; a name stays as its owner writes it."""
    return capfirst(words) if who in {str(Actor()), str(THE_SYSTEM)} else words


def because(reason):
    if reason:
        yield _("The reason: “%(reason)s”") % {"reason": reason}
    elif reason is not None:
        yield _("The reason that was given no longer stands on record.")


def unknown(happening):
    kind = happening.kind.replace(".", " ").replace("_", " ")
    yield _("An entry was made: %(kind)s.") % {"kind": kind}


def rules_set(happening):
    yield happening.say(
        _(
            "%(who)s set the team’s rules. A second person: “%(rule)s”; failures for which "
            "nobody has to sign: up to %(percent)s percent."
        ),
        rule=TwoPersonRule(happening.payload["two_person_rule"]).label,
        percent=happening.payload["failures_allowed"],
    )


def promise_set(happening):
    record, presets = happening.payload["promise"], happening.payload.get("presets", [])
    unnamed = {"clause_key": "", "words": "", "interpretation_by": ""}  # the log has hashes alone
    bases = [{"terms": list(Term), **unnamed}]
    promise = from_record(record | {"basis": unnamed, "bases": bases})
    yield happening.say(
        _("%(who)s recorded what the policy promises: “%(promise)s”"),
        promise=wording.promise_sentence(promise),
    )
    if presets:
        rules = "; ".join(preset(each).law for each in presets)
        yield _("Statutory rules kept beside it: %(rules)s.") % {"rules": rules}


PROPOSED = {
    # (is announced, names a day)
    (True, True): gettext_lazy("%(who)s proposed version %(number)s for %(day)s."),
    (True, False): gettext_lazy(
        "%(who)s proposed version %(number)s, to take effect once announced."
    ),
    (False, True): gettext_lazy("%(who)s proposed a new version for %(day)s."),
    (False, False): gettext_lazy("%(who)s proposed a new version, to take effect once announced."),
}


def proposed(happening):
    effect = Effect.parse(happening.proposal.get("effective", ""))
    template = PROPOSED[happening.number is not None, effect.on is not None]
    yield happening.say(template, day=effect.on and wording.chosen_day(effect, happening.zone))


def approved(happening):
    if happening.number is None:
        yield happening.say(_("%(who)s approved the proposal."))
    else:
        yield happening.say(_("%(who)s approved the proposal of version %(number)s."))


FIRST_AT_ONCE = gettext_lazy(
    "%(who)s published version %(number)s, the first text, with effect at once."
)
FIRST_LATER = gettext_lazy(
    "%(who)s published version %(number)s, the first text, to take effect on %(day)s."
)
AT_ONCE = {
    SignificanceChoice.EDITORIAL: gettext_lazy(
        "%(who)s published version %(number)s as an editorial change, with effect at once."
    ),
    SignificanceChoice.MINOR: gettext_lazy(
        "%(who)s published version %(number)s as a minor change, with effect at once."
    ),
    SignificanceChoice.MATERIAL: gettext_lazy(
        "%(who)s published version %(number)s as a material change, with effect at once."
    ),
}
LATER = {
    SignificanceChoice.EDITORIAL: gettext_lazy(
        "%(who)s published version %(number)s as an editorial change, to take effect on %(day)s."
    ),
    SignificanceChoice.MINOR: gettext_lazy(
        "%(who)s published version %(number)s as a minor change, to take effect on %(day)s."
    ),
    SignificanceChoice.MATERIAL: gettext_lazy(
        "%(who)s published version %(number)s as a material change, to take effect on %(day)s."
    ),
}


RECORDED_LATER = gettext_lazy(
    "%(who)s recorded version %(number)s later; as given, it applied from %(given)s."
)


def published(happening):
    if given_on := happening.payload.get("given_on"):
        yield happening.say(RECORDED_LATER, given=wording.day(date.fromisoformat(given_on)))
        return
    is_at_once = happening.due_at <= happening.at
    if happening.number == 1:
        template = FIRST_AT_ONCE if is_at_once else FIRST_LATER
    else:
        template = (AT_ONCE if is_at_once else LATER)[happening.payload["significance"]]
    yield happening.say(template)
    yield from why_unasked(happening)


def why_unasked(happening):
    """Sentences on why nobody had to be told before the effect; none where somebody had."""
    payload = happening.payload
    if payload.get("carries"):
        yield _(
            "It brings back the change of version %(number)s, on top of the fix; the notice of "
            "that counts for it."
        ) % {"number": happening.carries}
    elif payload.get("ground"):
        claimed = happening.proposal["exception"] or {}
        yield _("An exception was claimed, “%(ground)s”; it rests on: “%(source)s”.") % {
            "ground": GroundChoice(payload["ground"]).label,
            "source": claimed.get("source", ""),
        }
        if not payload["promise_kept"]:
            yield _("The promise in force has no such exception: it was not kept.")
    elif payload.get("cleared_at"):
        yield _("It had to wait for no notice.")


HELD = {
    HoldReasonChoice.BY_HAND: gettext_lazy("%(who)s held version %(number)s."),
    HoldReasonChoice.LATE: gettext_lazy(
        "Version %(number)s was held: the last notice went out too late for %(day)s."
    ),
    HoldReasonChoice.EARLY: gettext_lazy(
        "Version %(number)s was held: the first notice went out too long before %(day)s."
    ),
    HoldReasonChoice.OVERDUE: gettext_lazy(
        "Version %(number)s was held: the time to tell people passed before it was done."
    ),
    HoldReasonChoice.UNSETTLED: gettext_lazy(
        "Version %(number)s was held: not everyone was told in time."
    ),
    HoldReasonChoice.NOBODY_TOLD: gettext_lazy(
        "Version %(number)s was held: no mail server accepted a notice for anyone."
    ),
}


def held(happening):
    yield happening.say(HELD.get(happening.payload["reason"], _("Version %(number)s was held.")))


NOT_TOLD = ngettext_lazy(
    "%(failed)s of %(planned)s person could not be told, more than goes without an answer: "
    "version %(number)s waits for somebody to sign for it.",
    "%(failed)s of %(planned)s people could not be told, more than goes without an answer: "
    "version %(number)s waits for somebody to sign for it.",
    "planned",
)
SIGNED = ngettext_lazy(
    "%(who)s signed for %(failed)s of %(planned)s person who could not be told.",
    "%(who)s signed for %(failed)s of %(planned)s people who could not be told.",
    "planned",
)


NOBODY_TOLD = gettext_lazy(
    "Nobody was there to be told: version %(number)s waits for somebody to sign for it."
)
SIGNED_FOR_NOBODY = gettext_lazy(
    "%(who)s signed for version %(number)s, of which nobody was to be told."
)


def sign_off_asked(happening):
    mail = happening.payload["mail"]
    yield happening.say(NOT_TOLD if mail["planned"] else NOBODY_TOLD, **mail)


def signed_off(happening):
    mail = happening.payload["mail"]
    yield happening.say(SIGNED if mail["planned"] else SIGNED_FOR_NOBODY, **mail)


EARLIER_AT_ONCE = gettext_lazy(
    "%(who)s asked to let version %(number)s take effect at once, earlier than the promise allows."
)
EARLIER = gettext_lazy(
    "%(who)s asked to let version %(number)s take effect on %(day)s, earlier than the promise "
    "allows."
)


def asked(happening):
    if is_removal(happening):
        yield happening.say(_("%(who)s asked to remove the words of a clause by order."))
        return
    effect = Effect.parse(happening.motion.terms["effective"])
    if effect.on is None:
        yield happening.say(EARLIER_AT_ONCE)
    else:
        yield happening.say(EARLIER, day=wording.chosen_day(effect, happening.zone))


def is_removal(happening):
    return happening.payload["motion_kind"] == MotionKind.REMOVAL


def carried(happening):
    if is_removal(happening):
        yield happening.say(_("%(who)s agreed, as the second person, to the removal by order."))
    else:
        yield happening.say(
            _("%(who)s agreed, as the second person, to the earlier date of version %(number)s.")
        )


REFUSED = {
    # (is a removal, is one's own)
    (True, True): gettext_lazy("%(who)s took back the request to remove the words of a clause."),
    (True, False): gettext_lazy("%(who)s refused to remove the words of a clause."),
    (False, True): gettext_lazy(
        "%(who)s took back the request for an earlier date of version %(number)s."
    ),
    (False, False): gettext_lazy("%(who)s refused the earlier date of version %(number)s."),
}


def refused(happening):
    is_own = str(happening.motion.asked_by) == happening.actor
    yield happening.say(REFUSED[is_removal(happening), is_own])


def removed(happening):
    yield happening.say(
        _(
            "%(who)s removed the words of a clause by order: %(order)s. Their hashes stay on "
            "record."
        ),
        order=happening.motion.terms["order"],
    )
    if happening.payload["destroyed"]:
        yield _("No original is kept.")


def exported(happening):
    yield happening.say(
        _("%(who)s exported the evidence of version %(number)s, with the log up to entry %(seq)s."),
        seq=happening.payload["head"]["seq"],
    )


# By kind: a template, or a function of the Happening that yields sentences.
SENTENCES = {
    "publisher.created": gettext_lazy("%(who)s founded the publisher."),
    "publisher.rules_set": rules_set,
    "promise.set": promise_set,
    "proposal.made": proposed,
    "proposal.approved": approved,
    "proposal.discarded": gettext_lazy("%(who)s discarded the proposal."),
    "version.published": published,
    "publication.rescheduled": gettext_lazy(
        "%(who)s moved the date of version %(number)s from %(before)s to %(day)s."
    ),
    "publication.overridden": gettext_lazy(
        "%(who)s let version %(number)s take effect on %(day)s instead of %(before)s, although "
        "the promise is not kept."
    ),
    "publication.cleared": gettext_lazy(
        "The promise was found kept, and version %(number)s cleared for %(day)s."
    ),
    "publication.held": held,
    "publication.sign_off_asked": sign_off_asked,
    "publication.signed_off": signed_off,
    "publication.withdrawn": gettext_lazy("%(who)s withdrew version %(number)s."),
    "publication.set_aside": gettext_lazy(
        "%(who)s set version %(number)s aside for an urgent fix."
    ),
    "motion.asked": asked,
    "motion.carried": carried,
    "motion.refused": refused,
    "text.removed": removed,
    "evidence.exported": exported,
    "notice.opened": notices.opened,
    "notice.settled": notices.settled,
    "notice.paused": gettext_lazy("%(who)s paused the notice of version %(number)s."),
    "notice.resumed": gettext_lazy("%(who)s let the notice of version %(number)s go on."),
    "notice.cancelled": gettext_lazy("%(who)s cancelled the notice of version %(number)s."),
    "site_notice.opened": gettext_lazy(
        "A notice of version %(number)s was put up on the policy’s page."
    ),
    "delivery.bounced": notices.bounced,
    "manifest.signed_off": gettext_lazy(
        "%(who)s signed for a difference between the people we hold and those that the source "
        "named."
    ),
    "addresses.purged": gettext_lazy("%(who)s purged the addresses of people told before."),
}
