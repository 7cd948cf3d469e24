"""Whether notices, their deliveries and site notices are what the evidence log says.

Each problem is a text; the first one is enough for whoever asks.
"""

from dataclasses import asdict

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from documents.evidence.canonical import instant, plain
from documents.evidence.reading import Unsound, is_same
from documents.evidence.timetable import Fact, confirm
from documents.models import Entry, Removal
from notifications import evidence
from notifications.messages import wording_of
from notifications.models import Attempt, Delivery, Display, Notice
from notifications.models.deliveries import DeliveryState, Outcome

KINDS = ("notice.opened", "notice.settled", "site_notice.opened", "text.removed")


class Told:
    """What the log says of notices: kind of entry → (publication, round) → Link.

    removed: hashes of the messages that held words which were removed by order.
    """

    def __init__(self, publisher):
        self.links = {kind: {} for kind in KINDS}
        self.removed = set()
        entries = Entry.objects.filter(publisher=publisher, kind__in=KINDS).order_by("seq")
        for entry in entries.select_related("publisher").iterator(chunk_size=2000):
            said = entry.payload
            self.removed.update(said.get("messages", ()) if entry.kind == "text.removed" else ())
            self.links[entry.kind][said.get("publication"), said.get("round")] = entry.link

    def take(self, kind, row):
        return self.links[kind].pop((row.publication_id, row.round), None)


def problems(publisher, watch):
    """What does not hold, first things first."""
    told = Told(publisher)
    for check in (notices, displays, left_over):
        try:
            check(publisher, told, watch)
        except Unsound as problem:
            yield str(problem)


def notices(publisher, told, watch):
    rows = Notice.objects.filter(publication__publisher=publisher).order_by("pk")
    for notice in watch.over(rows.iterator(chunk_size=100), "notices"):
        opened, settled = told.take("notice.opened", notice), told.take("notice.settled", notice)
        check_messages(notice, told)
        check_opened(notice, opened)
        check_settled(notice, settled, watch)
        check_attempts(notice)


def check_messages(notice, told):
    """The words make the hash, but for those that gave way to a marker by order."""
    for message in notice.messages.order_by("pk"):
        if wording_of(message).sha256 != message.sha256 and not is_marker(message, told):
            raise Unsound(
                _("%(notice)s: its message in “%(language)s” does not match its hash")
                % {"notice": name_of(notice), "language": message.language}
            )


def is_marker(message, told):
    """Whether it was replaced by order: the log says so, and the words name the order."""
    versions = message.notice.publication.versions.all()
    orders = Removal.objects.filter(policy__versions__in=versions).values_list("order", flat=True)
    return message.sha256 in told.removed and any(order in message.text for order in orders)


def check_opened(notice, link):
    """What was written when the notice was opened is what its entry says, its messages included."""
    messages = dict(notice.messages.values_list("language", "sha256"))
    said = {"notice_kind": notice.kind, "audience": notice.audience, "messages": messages}
    agree(link, said, name_of(notice))
    Fact(link).confirm(instant(notice.opened_at), "opened_at", name_of(notice))


def check_settled(notice, link, watch):
    """A sealed notice's lines make the root of its entry, and add up to its counts."""
    sealed_at = notice.sealed_at and instant(notice.sealed_at)
    confirm(link and Fact(link), sealed_at, "sealed_at", name_of(notice))
    if link is not None:
        lines = watch.over(evidence.leaves(notice), "deliveries")
        counted = asdict(evidence.count(notice, lines)) | {"closed": notice.close_reason}
        agree(
            link, {name: counted[name] for name in counted if name in link.payload}, name_of(notice)
        )


def check_attempts(notice):
    """What counts as sent was accepted in an attempt, with the very same bytes."""
    same = Attempt.objects.filter(
        delivery=OuterRef("pk"), outcome=Outcome.ACCEPTED, sent_sha256=OuterRef("sent_sha256")
    )
    sent = Q(state=DeliveryState.ACCEPTED) | ~Q(sent_sha256="")
    strange = Delivery.objects.filter(sent, ~Exists(same), notice=notice).order_by("pk").first()
    if strange:
        raise Unsound(
            _("%(notice)s, delivery %(pk)s: no accepted attempt sent these bytes")
            % {"notice": name_of(notice), "pk": strange.pk}
        )


def displays(publisher, told, watch):
    rows = Display.objects.filter(publication__publisher=publisher).order_by("pk")
    for display in watch.over(rows.iterator(chunk_size=100), "site notices"):
        link = told.take("site_notice.opened", display)
        said = {"url": display.url, "notice_sha256": display.notice_sha256}
        agree(link, said, name_of(display))
        Fact(link).confirm(instant(display.opened_at), "opened_at", name_of(display))


def left_over(publisher, told, watch):
    """Everything that the log opened or settled is there."""
    links = [told.links[kind].values() for kind in KINDS if kind != "text.removed"]
    for link in sorted((link for each in links for link in each), key=lambda link: link.seq):
        raise Unsound(
            _("entry %(seq)s (%(kind)s) tells of what is missing")
            % {"seq": link.seq, "kind": link.kind}
        )


def agree(link, said, where):
    """said: what a row says, by the names that its entry has it under."""
    if link is None:
        raise Unsound(_("%(where)s: the log does not tell of it") % {"where": where})
    for name, value in plain(said).items():
        if name not in link.payload or not is_same(link.payload[name], value):
            raise Unsound(
                _("%(where)s: %(name)s is not what entry %(seq)s says")
                % {"where": where, "name": name, "seq": link.seq}
            )


def name_of(row):
    """Such as “notice 12/1”: publication and round."""
    return f"{row._meta.verbose_name} {row.publication_id}/{row.round}"
