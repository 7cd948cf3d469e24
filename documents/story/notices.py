"""Sentences about what people were told; the others are in words.

Keys are words of the notifications app, which this one does not import.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

OPENED = {
    "announcement": gettext_lazy("The notice of version %(number)s was opened."),
    "correction": gettext_lazy("A notice of the new date of version %(number)s was opened."),
    "withdrawal": gettext_lazy("A notice that version %(number)s is withdrawn was opened."),
    "reminder": gettext_lazy("A yearly reminder of version %(number)s was opened."),
    "same_day": gettext_lazy("The notice of version %(number)s was opened, on the day itself."),
    "top_up": gettext_lazy(
        "The notice of version %(number)s was opened for those who joined later."
    ),
}
GOES_TO = {
    "everyone": gettext_lazy("It goes to everyone who joined before."),
    "told": gettext_lazy("It goes to everyone who may have been told of that version."),
    "joined_after": gettext_lazy("It goes to everyone who joined after the announcement."),
    "followers": gettext_lazy("It goes to those who follow the policy."),
    "followers_told": gettext_lazy("It goes to followers who may have been told of that version."),
}
CLOSED = {
    "settled": gettext_lazy("The notice of version %(number)s was completed."),
    "rescheduled": gettext_lazy(
        "The notice of version %(number)s was stopped when its date was moved."
    ),
    "withdrawn": gettext_lazy(
        "The notice of version %(number)s was stopped when that was withdrawn."
    ),
    "in effect": gettext_lazy("The notice of version %(number)s was ended when that took effect."),
    "held": gettext_lazy("The notice of version %(number)s was stopped when that was held."),
    "text removed": gettext_lazy(
        "The notice of version %(number)s was stopped when words in it were removed by order."
    ),
}


TOLD = ngettext_lazy(
    "%(planned)s person was to be told: %(accepted)s accepted by the mail server, %(failed)s "
    "failed.",
    "%(planned)s people were to be told: %(accepted)s accepted by the mail server, %(failed)s "
    "failed.",
    "planned",
)
LEFT_OUT = ngettext_lazy("%(excluded)s was left out.", "%(excluded)s were left out.", "excluded")
RESENT = ngettext_lazy(
    "%(resent)s was written to twice, and the answer was lost both times.",
    "%(resent)s were written to twice, and the answer was lost both times.",
    "resent",
)


def opened(happening):
    payload = happening.payload
    yield happening.say(OPENED.get(payload.get("notice_kind"), OPENED["announcement"]))
    if payload["audience"].get("rule") in GOES_TO:
        yield GOES_TO[payload["audience"]["rule"]]


def settled(happening):
    payload = happening.payload
    yield happening.say(CLOSED.get(payload.get("closed"), CLOSED["settled"]))
    yield from counted(payload)


def counted(payload):
    """Sentences on how many were told, failed, were left out; of the last two only if any."""
    if not payload["planned"]:
        is_complete = payload.get("closed", "settled") == "settled"
        yield _("Nobody was there to be told.") if is_complete else _("Nobody was told before.")
        return
    yield TOLD % payload
    if payload["excluded"]:
        yield LEFT_OUT % payload
    if payload["resent"]:
        yield RESENT % payload


BOUNCED = ngettext_lazy(
    "%(count)s message about version %(number)s came back after a mail server had accepted it.",
    "%(count)s messages about version %(number)s came back after a mail server had accepted them.",
    "count",
)


def bounced(happening):
    yield happening.say(BOUNCED, count=happening.count)
