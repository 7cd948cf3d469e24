"""What a certificate does not prove, chosen by what is the case."""

from django.utils.translation import gettext as _

from documents.promises import TELLING, Channel
from notifications.models.deliveries import DeliveryState, EventKind
from notifications.models.notices import NO_CLEARANCE

from .words import came_through, name_of, reported


def limits(certificate, times):
    """Sentences, the weightiest first; those that hold for every certificate last."""
    yield from _untold(certificate)
    yield from _of_mail_servers(certificate.mails)
    for mail in certificate.mails:
        yield from _of_mail(mail, certificate.person, times)
    for notice in certificate.site_notices:
        if not notice.first_seen_at:
            yield _("No check saw the site notice of version %(number)s until this day ended.") % {
                "number": notice.number
            }
    if any(notice.first_seen_at for notice in certificate.site_notices):
        yield _(
            "A site notice was seen on the page by our own check; whether this person saw it is "
            "not known."
        )
    if not certificate.day.is_over:
        yield _("The day was not over when this was made: more may have happened since.")
    yield from _always(certificate, times)


def _untold(certificate):
    """Versions in force of which nothing shows that this person was told."""
    for text in certificate.texts:
        names = {"number": text.number}
        if not TELLING.intersection(text.told_by) and not text.carries:
            yield _("Nobody was told of version %(number)s but by its posting.") % names
        elif Channel.EMAIL in text.told_by or text.carries:
            told = (mail for mail in certificate.mails if mail.publication in text.told_in)
            if not any(came_through(mail) for mail in told if mail.kind not in NO_CLEARANCE):
                yield (
                    _(
                        "Nothing shows that a mail server took a message about version %(number)s "
                        "for this person and kept it."
                    )
                    % names
                )


def _of_mail_servers(mails):
    """What a mail server’s answer does not say, each limit once."""
    if any(mail.accepted_at for mail in mails):
        yield _(
            "Accepted is not read: a mail server took the message over. Whether anyone opened it "
            "is not known."
        )
    if any(_rests_on_a_relay(mail) for mail in mails):
        yield _(
            "A relay accepted a message for another server. That it got there is taken from the "
            "relay’s reports or from its silence."
        )
    if any(mail.possible_duplicate and mail.state != DeliveryState.RESENT for mail in mails):
        yield _("An answer was lost and the message sent again: it may have arrived twice.")
    if any(mail.state == DeliveryState.RESENT for mail in mails):
        yield _("Where every answer was lost, nothing shows that the message arrived.")


def _rests_on_a_relay(mail):
    is_late = mail.accepted_at != mail.settled_at and mail.state == DeliveryState.ACCEPTED
    return is_late or mail.state == DeliveryState.RELAYED


def _of_mail(mail, person, times):
    names = {"notice": name_of(mail, times)}
    if reported(mail, EventKind.BOUNCED):
        yield _("%(notice)s came back: this person was not reached by it.") % names
    if reported(mail, EventKind.COMPLAINED):
        yield _("%(notice)s was reported as unwanted.") % names
    if mail.sent and not mail.is_remade:
        yield _not_remade(mail, person) % names
    if not mail.is_about_person:
        yield (
            _("%(notice)s: the record no longer holds the address that its line of proof is about.")
            % names
        )
    if mail.proof is None:
        yield (
            _(
                "%(notice)s is not sealed in the log yet: what the record says of it may still "
                "change."
            )
            % names
        )
    elif mail.proof.holds is None:
        yield (
            _(
                "%(notice)s: its line of proof was not looked for here among %(size)s lines. The "
                "PDF and the proof itself do."
            )
            % (names | {"size": mail.proof.size})
        )


def _not_remade(mail, person):
    if mail.is_redacted:
        return _(
            "%(notice)s cannot be made again: words were taken out of it by order. The hashes of "
            "its words and of what was sent stay on record."
        )
    if person.erased_at:
        return _(
            "%(notice)s cannot be made again: the address was erased. The hash of what was sent "
            "stays on record."
        )
    return _(
        "%(notice)s cannot be made again to the byte: the address, the name or the way a mail is "
        "written has changed since. The hash of what was sent stays on record."
    )


def _always(certificate, times):
    head, stamp = certificate.head, certificate.head.stamp
    if stamp is None:
        yield _(
            "The times are those of this installation’s clock: no outside authority has dated "
            "these entries."
        )
    else:
        names = {
            "authority": stamp.authority,
            "at": times.instant(stamp.stamped_at),
            "seq": stamp.seq,
        }
        yield (
            _(
                "The times are those of this installation’s clock. A time stamp by %(authority)s "
                "of %(at)s covers the log up to entry %(seq)s; it was not checked here."
            )
            % names
        )
    yield (
        _(
            "The log reached entry %(seq)s when this was made, with the hash %(sha256)s. The "
            "entries named here were checked, not those between: compare with a head that you "
            "noted earlier."
        )
        % {"seq": head.seq, "sha256": head.sha256}
    )
    yield (
        _("This certificate is made from the record on %(at)s; it is not signed.")
        % {"at": times.instant(certificate.day.seen_at)}
    )
