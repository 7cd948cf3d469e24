"""The changes as a mail tells them: the weightiest first, with old and new words while they fit.

A mail that is too long is cut off by the reader's own program, unseen by us, so it is kept short
here, and says what it leaves out.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from documents.arranging import Entry
from documents.comparison import Edit, EditKind, Outcome, Significance
from documents.comparison.render import marked
from documents.marking import marked_html, spelled_out
from documents.templatetags.redline import clause_title, outcome_words

LISTED = 80  # clauses; the others are counted
CONTEXT = 240  # characters of unchanged words around a change
GAP = "[…]"
INS = '<ins class="new" style="background:#e3f4e6;color:#0b5d1e;text-decoration:underline">'
DEL = '<del class="old" style="background:#fbe7e7;color:#8a1c1c;text-decoration:line-through">'


@dataclass(frozen=True)
class ToldChange:
    """One clause in the mail. has_words: whether its words stand here, or in the redline alone.

    url: of this clause in the redline. html: as the mail has it.
    """

    entry: Entry
    url: str
    has_words: bool = True
    html: str = ""

    @property
    def size(self):
        """Bytes of its HTML."""
        return len(self.html.encode())

    @property
    def title(self):
        return clause_title(self.entry.change)

    @property
    def what_happened(self):
        """Such as: Material, text changed, moved."""
        return f"{self.entry.level_words}: {outcome_words(self.entry.change)}"

    @cached_property
    def pieces(self):
        """Of the heading, of cells and of links: each with its old and its new words, as Edits."""
        change, entry = self.entry.change, self.entry
        found = []
        if Outcome.RETITLED in change.outcomes:
            found.append((_("Heading"), change.old.heading, change.new.heading))
        for row, column, old, new in entry.cell_changes:
            name = f"{row} · {column}" if column and column != row else row
            found.append((name, old, new))
        for words, old, new in entry.link_changes:
            found.append((_("Link on “%(words)s”") % {"words": words}, old, new))
        return [(label, _replaced(old, new)) for label, old, new in found]

    @property
    def html_pieces(self):
        return [
            (label, _styled(marked_html(edits, False, between=" → ")))
            for label, edits in self.pieces
        ]

    @property
    def text_pieces(self):
        return [(label, marked(spelled_out(edits))) for label, edits in self.pieces]

    @cached_property
    def edits(self):
        entry = self.entry
        is_told = entry.shows_words and not entry.is_form_only
        return condensed(entry.change.body_edits) if is_told else ()

    @property
    def old_html(self):
        return self._side(EditKind.INSERT) if self.entry.change.old else ""

    @property
    def new_html(self):
        return self._side(EditKind.DELETE) if self.entry.change.new else ""

    @property
    def plain(self):
        """[-taken out-] and {+added+}."""
        return marked(spelled_out(self.edits))

    @property
    def has_gap(self):
        return self.has_words and any(GAP in edit.text for edit in self.edits if _is_equal(edit))

    @property
    def length(self):
        """At least how many characters its words take."""
        return sum(len(edit.text) for edit in self.edits)

    def _side(self, without):
        return _styled(marked_html(self.edits, False, without=without))


@dataclass(frozen=True)
class ToldChanges:
    """listed: ToldChanges in the order in which they are told. more: how many are left out."""

    listed: tuple
    more: int

    @property
    def has_marks(self):
        return any(change.has_words and (change.edits or change.pieces) for change in self.listed)

    @property
    def has_gaps(self):
        return any(change.has_gap for change in self.listed)

    @property
    def has_estimates(self):
        return any(not change.entry.is_decided for change in self.listed)


def told_changes(arrangement, compare_url, language, room):
    """As many changes as fit. language: of the policy; room: bytes that they may take in HTML."""
    order = list(reversed(Significance))
    entries = sorted(arrangement.listed, key=lambda entry: order.index(entry.level))
    listed = []
    for entry in entries[:LISTED]:
        change = ToldChange(entry, f"{compare_url}#{entry.anchor}")
        told = _rendered(change, language) if change.length < room else None
        if told is None or told.size > room:
            told = _rendered(replace(change, has_words=False), language)
        if told.size > room:
            break
        listed.append(told)
        room -= told.size
    return ToldChanges(tuple(listed), len(entries) - len(listed))


def _rendered(change, language):
    context = {"change": change, "words_language": language}
    return replace(change, html=render_to_string("notifications/mail/_change.html", context))


def condensed(edits):
    """The edits with GAP in place of what stands far from any change."""
    edits = [edit for edit in edits if edit.text]
    last = len(edits) - 1
    return tuple(
        _shortened(edit, at > 0, at < last) if _is_equal(edit) and last else edit
        for at, edit in enumerate(edits)
    )


def _shortened(edit, has_before, has_after):
    """Keeps CONTEXT beside each neighbour, cut between words."""
    text = edit.text
    if len(text) <= 2 * CONTEXT + len(GAP):
        return edit
    before = text[:CONTEXT].rsplit(" ", 1)[0] + " " if has_before else ""
    after = " " + text[-CONTEXT:].split(" ", 1)[-1] if has_after else ""
    return Edit(edit.kind, f"{before}{GAP}{after}", edit.is_moved)


def _is_equal(edit):
    return edit.kind is EditKind.EQUAL


def _replaced(old, new):
    edits = (Edit(EditKind.DELETE, old), Edit(EditKind.INSERT, new))
    return tuple(edit for edit in edits if edit.text)


def _styled(html):
    """Marks with styles of their own: many mail programs drop style sheets.

    The text is escaped already, so that these tags are ours alone.
    """
    for tag, styled in (("ins", INS), ("del", DEL)):
        html = html.replace(f"<{tag}>", styled).replace(f'<{tag} class="moved">', styled)
    return mark_safe(html)  # noqa: S308
