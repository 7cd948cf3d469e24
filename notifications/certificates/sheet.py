"""A Certificate in words: the one text that the page and the paper show."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from documents import wording
from documents.promises import TELLING, Channel
from notifications.models.notices import NO_CLEARANCE

from .blocks import Attached, Fact, Facts, Said, Section, Sheet
from .findings import Tone, findings
from .mail_parts import mail_part
from .proofs import proof_file
from .site_parts import site_section
from .text_parts import texts_section
from .words import came_through, name_of, outcome, times_of, untold_sentence


def sheet(certificate):
    """The Sheet of a Certificate in the language that is active now."""
    times = times_of(certificate)
    found = findings(certificate, times)
    sections = (
        _in_short(certificate, times, found),
        _about(certificate, times),
        texts_section(certificate, times),
        _found(_("What is proven"), found, Tone.PROVEN),
        _found(_("What is not proven"), found, Tone.OPEN),
        _mails(certificate, times),
        site_section(certificate, times),
    )
    return Sheet(
        title=_("Certificate"),
        subtitle=_("What %(person)s was told of “%(title)s”, as on %(day)s")
        % {
            "person": certificate.person.called,
            "title": title_of(certificate),
            "day": wording.day(certificate.day.on),
        },
        author=certificate.issuer.name,
        language=get_language(),
        made_at=certificate.day.seen_at,
        sections=tuple(section for section in sections if section.blocks or section.parts),
        files=tuple(_files(certificate, times)),
    )


def title_of(certificate):
    """As the text in force is called; before the first, as the policy is."""
    return certificate.texts[-1].title if certificate.texts else certificate.title


def _files(certificate, times):
    for mail in certificate.mails:
        if mail.proof and mail.proof.holds:
            yield Attached(
                name=f"proof-{mail.publication}-{mail.round}.json",
                about=_("Proof of the line about this person: %(notice)s")
                % {"notice": name_of(mail, times)},
                text=proof_file(mail.proof).decode(),
            )


def _found(title, found, tone):
    said = (Said(each.words, tone.value) for each in found if each.tone is tone)
    return Section(title, tuple(said))


def _in_short(certificate, times, found):
    broken = (Said(each.words, each.tone.value) for each in found if each.tone is Tone.BROKEN)
    said = [Said(words) for words in _summary(certificate, times)]
    return Section(_("In short"), (*broken, *said))


def _summary(certificate, times):
    day = wording.day(certificate.day.on)
    text = certificate.at_start
    if text is None:
        yield _("When %(day)s began, no text of this policy was in force.") % {"day": day}
    else:
        names = {
            "day": day,
            "number": text.number,
            "title": text.title,
            "at": times.instant(text.effective_at),
        }
        yield (
            _("When %(day)s began, version %(number)s of “%(title)s” was in force since %(at)s.")
            % names
        )
    for change in certificate.changes:
        names = {"number": change.number, "at": times.instant(change.effective_at)}
        yield _("During that day, on %(at)s, version %(number)s took effect.") % names
    for each in certificate.texts:
        yield from _told(each, certificate, times)


def _told(text, certificate, times):
    """How this person was told of one version, in a sentence for each channel."""
    names = {"number": text.number}
    about = [
        mail
        for mail in certificate.mails
        if mail.publication in text.told_in and mail.kind not in NO_CLEARANCE
    ]
    if about:
        addressed = ngettext(
            "A notice of version %(number)s was addressed to this person.",
            "%(n)s notices of version %(number)s were addressed to this person; of the last one:",
            len(about),
        ) % (names | {"n": len(about)})
        last = about[-1]
        yield f"{addressed} {outcome(last, times)}{_how_early(last, text, times)}"
    elif Channel.EMAIL in text.told_by or text.carries:
        yield _("No notice of version %(number)s was addressed to this person.") % names
    elif not TELLING.intersection(text.told_by):
        yield _("Nobody had to be told of version %(number)s but by its posting.") % names
    if Channel.SITE_NOTICE in text.told_by:
        yield _("Version %(number)s was announced by a notice on the site.") % names


def _how_early(mail, text, times):
    if not came_through(mail) or mail.accepted_at >= text.effective_at:
        return ""
    days = times.days_between(mail.accepted_at, text.effective_at)
    words = ngettext(
        "That was %(n)s day before it took effect.",
        "That was %(n)s days before it took effect.",
        days,
    )
    return " " + words % {"n": days}


def _about(certificate, times):
    person, issuer, day = certificate.person, certificate.issuer, certificate.day
    rows = [
        Fact(_("Person"), person.name or "–"),
        Fact(_("Address"), person.email or _("erased")),
        Fact(_("To be told since"), times.instant(person.joined_at)),
    ]
    for label, at in (
        (_("Left"), person.left_at),
        (_("Mail stopped"), person.suppressed_at),
        (_("Erased"), person.erased_at),
    ):
        if at:
            rows.append(Fact(label, times.event(at)))
    rows += [
        Fact(_("Publisher"), issuer.name),
        *([Fact(_("Legal entity"), issuer.legal_entity)] if issuer.legal_entity else []),
        Fact(_("Policy"), title_of(certificate)),
        Fact(_("Day"), _day(day, times)),
        Fact(_("Made"), times.instant(day.seen_at)),
    ]
    return Section(_("Who and what"), (Facts(tuple(rows)),))


def _day(day, times):
    names = {
        "first": times.instant(day.begins_at),
        "last": times.instant(day.ends_at),
        "zone": times.zone.key,
    }
    return (
        _(
            "from %(first)s to %(last)s, in the time zone %(zone)s. All times here are in that "
            "zone, with its offset from UTC."
        )
        % names
    )


def _mails(certificate, times):
    blocks = []
    if not certificate.mails:
        blocks.append(Said(_("No notice of this policy was sent to this person by e-mail.")))
    earlier = [each for each in certificate.untold if each.reason == "joined_later"]
    others = [each for each in certificate.untold if each.reason != "joined_later"]
    blocks += [Said(untold_sentence(each, times)) for each in others]
    if earlier:
        words = ngettext(
            "%(n)s notice was opened before this person joined, and was not addressed to them.",
            "%(n)s notices were opened before this person joined, and were not addressed to them.",
            len(earlier),
        )
        blocks.append(Said(words % {"n": len(earlier)}))
    parts = tuple(mail_part(mail, times) for mail in certificate.mails)
    return Section(_("What this person was told by e-mail"), tuple(blocks), parts)
