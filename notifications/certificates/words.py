"""What happened to a notice, in words that claim no more than the record shows."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import wording
from documents.promises import Channel
from notifications.models.deliveries import DeliveryState, EventKind
from notifications.models.notices import Kind

from .blocks import Fact
from .vocabulary import Day

KINDS = dict(Kind.choices)
REPORTS = dict(EventKind.choices)
NOT_SENT = {
    "left": gettext_lazy("It was not sent: this person had left."),
    "erased": gettext_lazy("It was not sent: this person had been erased."),
    "suppressed": gettext_lazy("It was not sent: mail to this address had been stopped."),
    "notice withdrawn": gettext_lazy("It was not sent: the change was withdrawn before."),
    "notice rescheduled": gettext_lazy("It was not sent: the change got another date before."),
    "notice held": gettext_lazy("It was not sent: the change was held before."),
}
REFUSED = {
    "not a valid mail": gettext_lazy("No mail could be written to this address."),
    "address not supported": gettext_lazy("The mail server does not support this address."),
}
UNDER_WAY = {
    DeliveryState.PLANNED: gettext_lazy("It has not been sent yet."),
    DeliveryState.CLAIMED: gettext_lazy("It is about to be sent."),
    DeliveryState.ATTEMPTING: gettext_lazy("It is being sent."),
    DeliveryState.DEFERRED: gettext_lazy("The mail server put it off; it is tried again."),
    DeliveryState.UNKNOWN: gettext_lazy("The answer was lost; it is sent again once."),
}
UNTOLD = {
    "joined_later": gettext_lazy("this person joined only after it was opened."),
    "had_left": gettext_lazy("this person had left."),
    "erased": gettext_lazy("this person had been erased."),
    "suppressed": gettext_lazy("mail to this address had been stopped."),
    "closed_first": gettext_lazy("it was closed before this person was listed."),
    "not_listed_yet": gettext_lazy("this person is not listed yet; the listing goes on."),
    "only_those_told": gettext_lazy(
        "it went only to those whom an earlier notice of this change may have reached."
    ),
    "not_its_audience": gettext_lazy("it went to people of other roles or languages."),
    "unexplained": gettext_lazy("the record does not say why."),
}


@dataclass(frozen=True)
class Times:
    """Instants to the second in the publisher's zone, with the offset that was valid then."""

    day: Day
    zone: ZoneInfo

    def instant(self, at):
        """Such as 1 March 2026, 09:00:03 +01:00; the last space is one that does not break."""
        local = at.astimezone(self.zone)
        offset = f"{local:%z}"
        words = date_format(local, "j F Y, H:i:s", use_l10n=False)
        return f"{words}\N{NO-BREAK SPACE}{offset[:3]}:{offset[3:5]}"

    def event(self, at):
        """The same for something that happened; after the day of the certificate it says so."""
        if at < self.day.ends_at:
            return self.instant(at)
        return _("%(moment)s (after this day)") % {"moment": self.instant(at)}

    def legal_day(self, at):
        return wording.day(at.astimezone(self.zone))

    def days_between(self, first, second):
        """Whole legal days from one instant to another."""
        return (second.astimezone(self.zone).date() - first.astimezone(self.zone).date()).days


def times_of(certificate):
    return Times(certificate.day, ZoneInfo(certificate.issuer.time_zone))


def outcome(mail, times):
    """What became of a Mail, in one or two sentences."""
    state = mail.state
    if state == DeliveryState.ACCEPTED:
        return _accepted(mail, times)
    if state == DeliveryState.RELAYED:
        return _(
            "A relay accepted it on %(at)s; that the person’s own server did is not confirmed yet."
        ) % {"at": times.event(mail.accepted_at)}
    if state == DeliveryState.RESENT:
        return _(
            "It was sent twice and the answer was lost both times: it may have arrived twice, "
            "once or not at all."
        )
    if state == DeliveryState.FAILED:
        return _refused(mail, times)
    if state == DeliveryState.EXCLUDED:
        unknown = _("It was not sent: %(reason)s.") % {"reason": mail.reason}
        return str(NOT_SENT.get(mail.reason, unknown))
    return str(UNDER_WAY[state])


def _accepted(mail, times):
    names = {"at": times.event(mail.accepted_at), "then": times.event(mail.settled_at)}
    came_back = reported(mail, EventKind.BOUNCED)
    if came_back:
        names["then"] = times.event(came_back.happened_at)
        return _("A mail server accepted it on %(at)s, and it came back on %(then)s.") % names
    if mail.accepted_at == mail.settled_at:
        return _("A mail server accepted it on %(at)s.") % names
    confirmed = reported(mail, EventKind.DELIVERED)
    if confirmed:
        names["then"] = times.event(confirmed.happened_at)
        return _("A relay accepted it on %(at)s, and reported it delivered on %(then)s.") % names
    return _("A relay accepted it on %(at)s; nothing had come back until %(then)s.") % names


def _refused(mail, times):
    if mail.accepted_at:
        names = {"at": times.event(mail.accepted_at), "why": mail.reason}
        return _("A relay accepted it on %(at)s, and it came back: %(why)s.") % names
    unknown = _("The mail server refused it for good: %(code)s.") % {"code": mail.reason}
    return str(REFUSED.get(mail.reason, unknown))


def reported(mail, kind):
    """The first Report of this kind, or None."""
    return next((report for report in mail.reports if report.kind == kind), None)


def came_through(mail):
    """Whether the last word on a Mail is that a mail server took it, final or not."""
    taken = mail.state in {DeliveryState.ACCEPTED, DeliveryState.RELAYED}
    return taken and not reported(mail, EventKind.BOUNCED)


def untold_sentence(notice, times):
    names = {"notice": name_of(notice, times), "reason": UNTOLD[notice.reason]}
    return _("%(notice)s was not sent to this person: %(reason)s") % names


def channels(told_by):
    """Such as e-mail, posting the new text; empty where nobody had to be told."""
    names = [wording.CHANNEL_WORDS[channel] for channel in Channel if channel in told_by]
    return ", ".join(map(str, names))


def name_of(notice, times):
    """What to call a Mail or an Untold notice, such as Announcement (version 2, 1 March 2026)."""
    return _("%(kind)s (version %(number)s, %(day)s)") % {
        "kind": KINDS[notice.kind],
        "number": notice.number,
        "day": times.legal_day(notice.opened_at),
    }


def entry_fact(line):
    """A LogLine as a Fact."""
    return Fact(_("Evidence log, entry %(seq)s") % {"seq": line.seq}, line.sha256, "code")
