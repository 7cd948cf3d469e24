"""A redline as a page shows it: what is listed, in which order, and where the ways lead."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import markup
from documents.comparison import ClauseChange, Outcome, Significance
from documents.comparison.significance import propose

LEVEL_WORDS = {
    Significance.MATERIAL: gettext_lazy("Material"),
    Significance.MINOR: gettext_lazy("Minor"),
    Significance.EDITORIAL: gettext_lazy("Editorial"),
}
PLACE_ONLY = {Outcome.MOVED, Outcome.RENUMBERED, Outcome.RETITLED}  # of a body that stands


@dataclass(frozen=True)
class Entry:
    """A clause of a redline as a page shows it.

    anchor: unique on the page. is_decided: whether people judged its level, which is
    else as proposed. previous, next: anchors of the changes around it, empty at an end and
    for a clause that is no stop on the way.
    """

    change: ClauseChange
    anchor: str
    is_whole: bool
    level: Significance
    is_decided: bool
    is_stop: bool = False
    previous: str = ""
    next: str = ""

    @property
    def level_words(self):
        words = LEVEL_WORDS[self.level]
        return words if self.is_decided else _("%(level)s (estimated)") % {"level": words}

    @cached_property
    def link_changes(self):
        return link_changes(self.change)

    @cached_property
    def cell_changes(self):
        return cell_changes(self.change)

    @property
    def is_form_only(self):
        return Outcome.FORMATTING in self.change.outcomes and not self.link_changes

    @property
    def shows_words(self):
        """Of the whole text all; of a change not what a list of cells or links tells."""
        told = {Outcome.TABLE} if self.cell_changes else set()
        told |= {Outcome.LINKED} if self.link_changes else set()
        return self.is_whole or bool({*self.change.outcomes} - PLACE_ONLY - told)


@dataclass(frozen=True)
class Arrangement:
    """A redline as a page shows it.

    listed: one by one, in reading order. renumbered: clauses of which nothing
    but the number changed, for one closed list; empty for a whole text, which
    has them in place. hidden: how many changes the filter leaves out. levels:
    how many changes have each Significance, whatever the filter.
    """

    listed: tuple[Entry, ...]
    renumbered: tuple[Entry, ...]
    hidden: int
    levels: Counter

    @property
    def stops(self):
        return [entry for entry in self.listed if entry.is_stop]


def arrange(redline, level=None, is_whole=False, prefix="", levels=None):
    """An Arrangement of a Redline.

    level: the Significance to which it keeps, if any. A whole text
    keeps every clause, marked; there the filter chooses the stops. prefix: of
    the anchors, where a page shows more than one redline. levels: for each
    change its Significance and whether people decided it; else as proposed.
    """
    levels = levels or [(propose(c, redline.new_numbers).level, False) for c in redline.changes]
    entries = [*_entries(redline, is_whole, prefix, levels)]
    changed = [entry for entry in entries if not entry.change.is_unchanged]
    chosen = [entry for entry in changed if level in (None, entry.level)]
    stops = [entry for entry in chosen if not is_only_renumbered(entry.change)]
    anchors = ["", *(entry.anchor for entry in stops), ""]
    around = zip(stops, anchors, anchors[2:], strict=False)
    walked = {
        entry.anchor: replace(entry, is_stop=True, previous=before, next=after)
        for entry, before, after in around
    }
    listed = [walked.get(entry.anchor, entry) for entry in entries] if is_whole else walked.values()
    renumbered = [e for e in chosen if is_only_renumbered(e.change)] if not is_whole else ()
    return Arrangement(
        tuple(listed),
        tuple(renumbered),
        len(changed) - len(chosen),
        Counter(entry.level for entry in changed),
    )


def _entries(redline, is_whole, prefix, levels):
    """With anchors that no other has, though a clause without a key has none of its own."""
    seen = Counter()
    for change, level in zip(redline.changes, levels, strict=True):
        key = change.clause.key
        seen[key] += 1
        name = key if key and seen[key] == 1 else f"{key}-{seen[key]}"
        yield Entry(change, f"{prefix}c-{name}", is_whole, *level)


def is_only_renumbered(change):
    return change.outcomes == (Outcome.RENUMBERED,)


def link_changes(change):
    """(words, old target, new target) of links that lead elsewhere, or went or came (empty)."""
    bodies = [clause.body for clause in (change.old, change.new) if clause]
    if len(set(bodies)) < 2 or not any("<a " in body for body in bodies):
        return []
    before, after = Counter(markup.links(change.old.body)), Counter(markup.links(change.new.body))
    gone, come = list((before - after).elements()), list((after - before).elements())
    by_words, by_target = defaultdict(list), defaultdict(list)
    for words, target in come:
        by_words[words].append(target)
    found, left = [], []
    for words, target in gone:
        if by_words[words]:
            found.append((words, target, by_words[words].pop(0)))
        else:
            left.append((words, target))
    for words, targets in by_words.items():
        for target in targets:
            by_target[target].append(words)
    for words, target in left:  # with other words it leads where it led: no change of the link
        if by_target[target]:
            by_target[target].pop(0)
        else:
            found.append((words, target, ""))
    return found + [(w, "", target) for target, all_words in by_target.items() for w in all_words]


def cell_changes(change):
    """(row, column, old, new) of each changed cell; empty where shape or order of rows differ."""
    if Outcome.TABLE not in change.outcomes:
        return []
    before, after = markup.tables(change.old.body), markup.tables(change.new.body)
    if len(before) != len(after):
        return []
    found = []
    for old, new in zip(before, after, strict=True):
        rows = _paired_rows(old, new)
        shapes = [[len(row) for row in side] for side in zip(*rows, strict=True)]
        if [row for row, _new in rows] != old or (rows and shapes[0] != shapes[1]):
            return []
        found += [
            (row[0], new[0][at] if at < len(new[0]) else "", cell, row[at])
            for was, row in rows
            for at, cell in enumerate(was)
            if cell != row[at]
        ]
    return found


def _paired_rows(old, new):
    """(old row, new row) in the new order: of the same first cell, else by position."""
    of_label = defaultdict(list)
    for row in old:
        of_label["".join(row[:1])].append(row)
    pairs = [(of_label["".join(row[:1])] or [None]).pop(0) for row in new]
    rest = iter(row for rows in of_label.values() for row in rows)
    paired = [(row if row is not None else next(rest, []), new[at]) for at, row in enumerate(pairs)]
    return paired + [(row, []) for row in rest]
