"""The story of a policy: what happened to it, in sentences, the newest legal day first.

What the evidence log proves carries its Entry. Edits come from Wagtail's page
log, which proves nothing. That a version took effect is no entry: it follows
from the record. The number of queries does not grow with the story.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from documents.models import Entry
from documents.promises import legal_day, start_of_day
from documents.story import edits
from documents.story.facts import Facts, publications_of
from documents.story.words import capital, sentence

PAGE = 200  # entries, and then the rest of the day
BOUNCED = "delivery.bounced"


@dataclass(frozen=True)
class Line:
    """One thing that happened. actor: the name of who did it, or None.

    entry: what it rests on in the evidence log, or None; more: how many entries
    before that one it tells of as well.
    """

    at: datetime
    words: str
    entry: Entry | None = None
    actor: str | None = None
    more: int = 0

    @property
    def source(self):
        """What it rests on: the log, the draft's history (no proof), or the record as it stands."""
        if self.entry:
            return "log"
        return "draft" if self.actor else "record"


@dataclass(frozen=True)
class Span:
    """Legal days, up to an instant: from ``since`` on, before ``before``; None: without end."""

    zone: ZoneInfo
    at: datetime
    since: date | None = None
    before: date | None = None

    def of(self, rows, moment):
        """The rows whose ``moment``, a column, lies within."""
        rows = rows.filter(**{f"{moment}__lte": self.at})
        if self.since:
            rows = rows.filter(**{f"{moment}__gte": start_of_day(self.since, self.zone)})
        if self.before:
            rows = rows.filter(**{f"{moment}__lt": start_of_day(self.before, self.zone)})
        return rows


def story(policy, at, since=None, before=None):
    """[(day, [Line])] of the legal days from ``since`` on and before ``before``, newest first."""
    zone = policy.publisher.zone
    span = Span(zone, at, since, before)
    entries = list(span.of(told_one_by_one(policy), "at").select_related("publication"))
    bounces = list(bounces_by_day(span.of(entries_of(policy), "at"), zone))
    counted = edits_by_day(span.of(edits_of(policy), "timestamp"), zone)
    facts = Facts.of(policy, [*entries, *bounces], {user for user, _day in counted})
    placed = [
        *(((entry.at, entry.seq), entry_line(entry, facts)) for entry in entries),
        *(((entry.at, entry.seq), bounces_line(entry, facts)) for entry in bounces),
        *effects(span.of(publications_of(policy).cleared(), "effective_at"), facts),
        *(((line.at, 0), line) for line in edit_lines(counted, facts)),
    ]
    days = defaultdict(list)
    for _place, line in sorted(placed, key=lambda each: each[0], reverse=True):
        days[legal_day(line.at, zone)].append(line)
    return sorted(days.items(), reverse=True)


def first_day(policy, at, before=None):
    """The legal day with which to begin a page of the story; None: it reaches the beginning."""
    zone = policy.publisher.zone
    entries = Span(zone, at, before=before).of(told_one_by_one(policy), "at").order_by("-seq")
    last = entries[PAGE - 1 : PAGE].first()
    if last is None:
        return None
    day = legal_day(last.at, zone)
    older = Span(zone, at, before=day)
    has_older = (
        older.of(entries_of(policy), "at").exists()
        or older.of(edits_of(policy), "timestamp").exists()
    )
    return day if has_older else None


def lines_of(publication, policy):
    """What the evidence log says of one publication of a policy, oldest first, as Lines."""
    entries = publication.entries.select_related("publication").order_by("seq")
    facts = Facts.of(policy, entries)
    return [entry_line(entry, facts) for entry in entries]


def entries_of(policy):
    """The entries about a policy: by its publications; where there is none yet, by its key."""
    return Entry.objects.filter(
        Q(publication__in=publications_of(policy))
        | Q(publication__isnull=True, payload__policy=str(policy.key)),
        publisher_id=policy.publisher_id,
    )


def told_one_by_one(policy):
    return entries_of(policy).exclude(kind=BOUNCED)


def edits_of(policy):
    return PageLogEntry.objects.filter(page=policy.pk, action__in=edits.ACTIONS)


def entry_line(entry, facts):
    happening = facts.happening(entry)
    return Line(entry.at, sentence(happening), entry, facts.actor(entry.actor))


def bounces_by_day(entries, zone):
    """The last bounce of each publication and day, with the number of all as ``count``."""
    same = {"partition_by": [F("publication"), F("day")]}
    return (
        entries.filter(kind=BOUNCED)
        .select_related("publication")
        .annotate(day=TruncDate("at", tzinfo=zone))
        .annotate(
            count=Window(Count("pk"), **same),
            from_last=Window(RowNumber(), **same, order_by="-seq"),
        )
        .filter(from_last=1)
    )


def bounces_line(entry, facts):
    words = sentence(facts.happening(entry, entry.count))
    return Line(entry.at, words, entry, more=entry.count - 1)


def effects(publications, facts):
    """(place, Line) of each; one with effect at once stands behind the entry that set its date."""
    for publication in publications.filter(given_on__isnull=True):
        number, set_by = facts.numbers[publication.pk], facts.timetables[publication.pk][-1]
        if publication.promise_kept:
            words = _("Version %(number)s took effect.")
        else:
            words = _("Version %(number)s took effect, although the promise was not kept.")
        # Of two that begin alike the longer one comes later.
        place = (max(publication.effective_at, set_by.at), set_by.seq, "effect")
        yield place, Line(publication.effective_at, words % {"number": number})


def edits_by_day(rows, zone):
    """(user, day) → what was done to the draft, as edits.told takes it."""
    rows = rows.annotate(day=TruncDate("timestamp", tzinfo=zone)).order_by()
    counts = rows.values_list("user", "day", "action").annotate(
        n=Count("pk"), last=Max("timestamp")
    )
    found = defaultdict(dict)
    for user, day, action, n, last in counts:
        found[user, day][action] = n, last
    return found


def edit_lines(counted, facts):
    for (user, _day), done in counted.items():
        who = facts.editor(user)
        for last, words in edits.told(done, who):
            yield Line(last, capital(words, who), actor=who)
