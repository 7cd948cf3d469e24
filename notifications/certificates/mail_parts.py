"""One notice by e-mail in words: what became of it, every attempt, its text and its proof."""

from django.utils.translation import gettext as _

from notifications.models.deliveries import Outcome

from .blocks import Fact, Facts, Quote, Row, Said, Section, Table
from .words import REPORTS, entry_fact, name_of, outcome

OUTCOMES = dict(Outcome.choices)


def mail_part(mail, times):
    """The Section about one Mail."""
    blocks = [Facts(tuple(_facts(mail, times)))]
    if mail.tries:
        blocks.append(_tries(mail, times))
    if mail.reports:
        blocks.append(_reports(mail, times))
    blocks.append(Quote(_text_title(mail), mail.text.strip("\n"), mail.language))
    if mail.proof:
        blocks += _proof(mail.proof, times)
    return Section(
        name_of(mail, times),
        tuple(blocks),
        notice=mail.notice if mail.proof and mail.proof.holds is not False else None,
    )


def _facts(mail, times):
    yield Fact(_("Subject"), mail.subject)
    yield Fact(_("Opened"), times.event(mail.opened_at))
    yield Fact(_("What became of it"), outcome(mail, times))
    if mail.possible_duplicate:
        yield Fact(_("Sent again"), _("once, for the first answer was lost"))
    yield Fact("Message-ID", mail.message_id, "code")
    yield Fact(_("Commitment to the address"), mail.commitment, "code")
    yield Fact(_("SHA-256 of the wording"), mail.wording_sha256, "code")
    if mail.opened:
        yield entry_fact(mail.opened)


def _tries(mail, times):
    head = (_("Began"), _("Ended"), _("Answer"), _("Code"), _("Mail server"))
    return Table(_("Attempts"), head, tuple(_try(each, times) for each in mail.tries))


def _try(each, times):
    cells = (
        times.event(each.started_at),
        times.event(each.finished_at) if each.finished_at else "–",
        str(OUTCOMES[each.outcome]),
        each.code or "–",
        each.hop or "–",
    )
    if not each.sha256:
        return Row(cells, (Fact(_("Bytes"), _("none were sent")),))
    remade = (
        _("The exact message was made again from the record; its hash is the recorded one.")
        if each.is_remade
        else _("The exact message cannot be made again; its hash stays on record.")
    )
    return Row(
        cells, (Fact(_("SHA-256 of the bytes"), each.sha256, "code"), Fact(_("Bytes"), remade))
    )


def _reports(mail, times):
    head = (_("What came back"), _("Happened"), _("Recorded"), _("Code"))
    rows = (
        Row(
            (
                str(REPORTS[report.kind]),
                times.event(report.happened_at),
                times.event(report.recorded_at),
                report.code or "–",
            )
        )
        for report in mail.reports
    )
    return Table(_("What came back"), head, tuple(rows))


def _text_title(mail):
    if mail.is_remade:
        return _("The message as it was sent, without its formatting")
    if mail.is_redacted:
        return _("The words of the notice that an order has left")
    if not mail.sent:
        return _("The words of the notice")
    return _("The words of the notice; the address in it may have been another")


def _proof(proof, times):
    yield Facts(
        (
            Fact(
                _("Sealed"),
                _("on %(at)s by entry %(seq)s, with %(size)s lines")
                % {
                    "at": times.event(proof.sealed.at),
                    "seq": proof.sealed.seq,
                    "size": proof.size,
                },
            ),
            Fact(_("Root"), proof.root, "code"),
            entry_fact(proof.sealed),
        )
    )
    if proof.holds is False:
        yield Said(_("The lines on record do not make this root."), "broken")
    if not proof.holds:
        return
    title = _("The line about this person: number %(index)s of %(size)s") % {
        "index": proof.index + 1,
        "size": proof.size,
    }
    yield Quote(title, proof.leaf, is_code=True)
    if proof.path:
        yield Quote(_("The way from that line to the root"), "\n".join(proof.path), is_code=True)
