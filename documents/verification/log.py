"""A publisher's log, read once from its first entry to its head, and what it says of the tables."""

from collections import defaultdict

from django.utils.translation import gettext as _

from documents.evidence import timetable
from documents.evidence.canonical import digest
from documents.evidence.chain import first_break
from documents.evidence.contents import stated
from documents.evidence.reading import LIST, NUMBER, TEXT, Unsound
from documents.models import Chain, Entry, Version

# Kind of entry → members that no row of this app holds.
ACTS = {
    "proposal.approved": (),
    "publication.signed_off": (),
    "motion.asked": (),
    "motion.carried": (),
    "motion.refused": (),
    "text.removed": ("messages", "motion"),
}


class Log:
    """What the entries say that have passed.

    announced: (policy key, number) → Link; standings: publication id → timetable.Standing;
    acts: as ``sign_of`` names each → its Links; removed: (policy key, clause key, text hash) →
    seq of the last removal; heads: seq → hash, of what was time-stamped; last: (seq, hash).
    """

    def __init__(self, publisher):
        self.announced, self.standings, self.acts = {}, {}, defaultdict(list)
        self.removed, self.heads, self.last = {}, {}, None
        self._stamped = set(publisher.time_stamps.values_list("seq", flat=True))
        self._publications = publications_of_old_entries(publisher)

    def taking(self, links):
        """(link, hash) pairs as they are; each is taken in once it was found sound."""
        for link, sha256 in links:
            yield link, sha256
            self.take(link, sha256)

    def take(self, link, sha256):
        self.last = link.seq, sha256
        if link.seq in self._stamped:
            self.heads[link.seq] = sha256
        if link.kind == "version.published":
            self._announce(link)
        elif stands := self.standings.get(link.payload.get("publication")):
            stands.follow(link)
        if link.kind in ACTS:
            self.acts[sign_of(link.kind, link.actor, link.payload)].append(link)
        if link.kind == "text.removed":
            self._remove(link)

    def _announce(self, link):
        name = stated(link, "policy", TEXT), stated(link, "number", NUMBER)
        if name in self.announced:
            raise Unsound(
                _("entry %(seq)s announces version %(number)s of policy %(policy)s a second time")
                % {"seq": link.seq, "policy": name[0], "number": name[1]}
            )
        self.announced[name] = link
        publication = link.payload.get("publication") or self._publications.get(name)
        self.standings[publication] = timetable.announced(link)

    def _remove(self, link):
        clause = stated(link, "policy", TEXT), stated(link, "key", TEXT)
        self.removed |= {(*clause, sha256): link.seq for sha256 in stated(link, "texts", LIST)}


def read_log(publisher, watch):
    """The whole Log. Raises Unsound with the first bad entry, or if it ends before its head."""
    head, log = Chain.objects.filter(publisher=publisher).first(), Log(publisher)
    broken = first_break(log.taking(watch.over(links(publisher), "entries")))
    if broken:
        raise Unsound(_("entry %(seq)s %(reason)s") % vars(broken))
    if head is None or log.last != (head.seq, head.sha256):
        raise Unsound(
            _("the log does not reach its head %(seq)s") % {"seq": head.seq if head else ""}
        )
    return log


def links(publisher, until=None):
    """(Link, stored hash) of each entry, one at a time. until: seq of the last one, if not all."""
    entries = Entry.objects.filter(publisher=publisher).order_by("seq")
    if until is not None:
        entries = entries.filter(seq__lte=until)
    for entry in entries.iterator(chunk_size=2000):
        entry.publisher = publisher
        yield entry.link, entry.sha256


def publications_of_old_entries(publisher):
    """(policy key, number) → id. Entries did not always name the publication they announced."""
    versions = Version.objects.filter(policy__publisher=publisher)
    rows = versions.values_list("policy__key", "number", "publication_id")
    return {(str(key), number): publication for key, number, publication in rows.iterator()}


def sign_of(kind, actor, payload):
    """One text for everything by which a row and its entry must agree."""
    said = {name: value for name, value in payload.items() if name not in ACTS[kind]}
    return digest([kind, str(actor), said])


def sha256_of(value):
    """The hash of a value from a row; None if it was changed into what has no canonical form."""
    try:
        return digest(value)
    except (TypeError, ValueError):
        return None


def name_of(row):
    """Such as “approval 12”."""
    return f"{row._meta.verbose_name} {row.pk}"
