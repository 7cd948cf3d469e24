"""What a certificate proves, and where the record contradicts itself. Limits says what is open."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.models.deliveries import Outcome

from .limits import limits
from .words import name_of


class Tone(StrEnum):
    """``broken``: the record contradicts itself, and that must be looked into."""

    BROKEN = "broken"
    PROVEN = "proven"
    OPEN = "open"


@dataclass(frozen=True)
class Finding:
    tone: Tone
    words: str


def findings(certificate, times):
    """The Findings of a Certificate, in the order in which they should be read."""
    return (
        *(Finding(Tone.BROKEN, words) for words in _broken(certificate, times)),
        *(Finding(Tone.PROVEN, words) for words in _proven(certificate, times)),
        *(Finding(Tone.OPEN, words) for words in limits(certificate, times)),
    )


def _broken(certificate, times):
    for line in certificate.log_lines:
        if not line.is_sound:
            yield _("Entry %(seq)s of the log does not make its own hash.") % {"seq": line.seq}
    for text in certificate.texts:
        yield from _broken_text(text, times)
    for mail in certificate.mails:
        yield from _broken_mail(mail, times)
    for notice in certificate.untold:
        if notice.reason == "unexplained":
            yield _("%(notice)s was not sent to this person, and the record does not say why.") % {
                "notice": name_of(notice, times)
            }


def _broken_text(text, times):
    names = {"number": text.number, "at": times.instant(text.effective_at)}
    if not text.is_intact:
        yield _("The words of version %(number)s on record do not make its hash.") % names
    if text.entry is None:
        yield _("The log did not announce this text of version %(number)s.") % names
    if text.dated is None or text.cleared is None:
        yield _("The log does not say that version %(number)s took effect on %(at)s.") % names


def _broken_mail(mail, times):
    names = {"notice": name_of(mail, times)}
    if not mail.is_announced_wording and not mail.is_redacted:
        yield _("%(notice)s: its words are not those that the log names.") % names
    if mail.proof and mail.proof.holds is False:
        yield (
            _(
                "%(notice)s: the lines of proof on record do not make the root that the log "
                "sealed. At least one of them was changed since."
            )
            % names
        )


def _proven(certificate, times):
    for text in certificate.texts:
        if text.is_intact and text.is_logged and all(line.is_sound for line in text.log_lines):
            yield _proven_text(text, times)
    for mail in certificate.mails:
        said = list(_proven_of(mail, times))
        if said:
            yield " ".join([f"{name_of(mail, times)}:", *said])
    for notice in certificate.site_notices:
        if notice.first_seen_at and notice.opened:
            names = {
                "number": notice.number,
                "at": times.instant(notice.first_seen_at),
                "seq": notice.opened.seq,
            }
            yield (
                _(
                    "Our own check saw the site notice of version %(number)s on its page from "
                    "%(at)s on, with the words whose hash is in entry %(seq)s."
                )
                % names
            )


def _proven_text(text, times):
    entries = sorted({line.seq for line in text.log_lines})
    words = ngettext(
        "Version %(number)s was in force from %(at)s on: entry %(entries)s of the log announced "
        "its hash, set that date and cleared it. Its words on record make that hash.",
        "Version %(number)s was in force from %(at)s on: entries %(entries)s of the log announced "
        "its hash, set that date and cleared it. Its words on record make that hash.",
        len(entries),
    )
    return words % {
        "number": text.number,
        "at": times.instant(text.effective_at),
        "entries": ", ".join(map(str, entries)),
    }


def _proven_of(mail, times):
    """What is proven of one Mail, in whole sentences."""
    for each in mail.tries:
        if each.outcome == Outcome.ACCEPTED:
            names = {
                "server": each.hop or _("a mail server"),
                "at": times.event(each.finished_at),
                "code": each.code,
            }
            yield _("Taken over by %(server)s on %(at)s, with the answer %(code)s.") % names
    if mail.is_remade:
        yield _("The exact message was made again from the record; its hash is the recorded one.")
    if mail.is_announced_wording and mail.opened.is_sound:
        yield _("Entry %(seq)s of the log names the hash of its words.") % {"seq": mail.opened.seq}
    if mail.proof and mail.proof.holds and mail.proof.sealed.is_sound:
        names = {
            "index": mail.proof.index + 1,
            "size": mail.proof.size,
            "seq": mail.proof.sealed.seq,
        }
        yield (
            _(
                "The line about this person is number %(index)s of %(size)s under the root that "
                "entry %(seq)s sealed."
            )
            % names
        )
        if mail.is_about_person:
            yield _("The commitment in it was made again from this address and the person’s salt.")
