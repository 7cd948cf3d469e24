"""A Redline for people: marked words, and what happened to each clause in a few words."""

from collections import Counter

from django import template
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from documents import wording
from documents.arranging import PLACE_ONLY, arrange
from documents.comparison import Edit, EditKind, Outcome
from documents.comparison.render import marked
from documents.marking import marked_html, spelled_out
from documents.models.versions import SignificanceChoice

register = template.Library()

OUTCOME_WORDS = {
    Outcome.UNCHANGED: gettext_lazy("unchanged"),
    Outcome.ADDED: gettext_lazy("new clause"),
    Outcome.REMOVED: gettext_lazy("clause removed"),
    Outcome.CHANGED: gettext_lazy("text changed"),
    Outcome.TABLE: gettext_lazy("table cells changed"),
    Outcome.LINKED: gettext_lazy("a link changed"),
    Outcome.FORMATTING: gettext_lazy("formatting changed"),
    Outcome.RETITLED: gettext_lazy("heading changed"),
    Outcome.RENUMBERED: gettext_lazy("renumbered"),
    Outcome.MOVED: gettext_lazy("moved"),
}
COARSE_WORDS = gettext_lazy("too long or too different to compare word by word: shown as replaced")
OUTCOME_COUNTS = {
    Outcome.CHANGED: ngettext_lazy("%(n)s clause changed", "%(n)s clauses changed", "n"),
    Outcome.TABLE: ngettext_lazy(
        "%(n)s clause with changed table cells", "%(n)s clauses with changed table cells", "n"
    ),
    Outcome.LINKED: ngettext_lazy(
        "%(n)s clause with a changed link", "%(n)s clauses with a changed link", "n"
    ),
    Outcome.ADDED: ngettext_lazy("%(n)s clause added", "%(n)s clauses added", "n"),
    Outcome.REMOVED: ngettext_lazy("%(n)s clause removed", "%(n)s clauses removed", "n"),
    Outcome.SPLIT: ngettext_lazy("%(n)s clause split", "%(n)s clauses split", "n"),
    Outcome.MERGED: ngettext_lazy(
        "%(n)s clause merged from several", "%(n)s clauses merged from several", "n"
    ),
    Outcome.RETITLED: ngettext_lazy("%(n)s heading changed", "%(n)s headings changed", "n"),
    Outcome.MOVED: ngettext_lazy("%(n)s clause moved", "%(n)s clauses moved", "n"),
    Outcome.RENUMBERED: ngettext_lazy("%(n)s clause renumbered", "%(n)s clauses renumbered", "n"),
    Outcome.FORMATTING: ngettext_lazy(
        "%(n)s clause changed in form only", "%(n)s clauses changed in form only", "n"
    ),
}
FAMILIES = {Outcome.SPLIT, Outcome.MERGED}  # counted once, not once for each of their clauses
OPENING = 120  # characters


@register.simple_tag
def arranged(redline, arrangement=None):
    """The Arrangement given, else one of all that the redline changes."""
    return arrangement or arrange(redline)


@register.simple_tag
def clause_title(change):
    """Number and heading as they will be; the first words where there is neither."""
    clause = change.new or change.old
    return f"{clause.number} {clause.heading}".strip() or opening_words(clause)


@register.simple_tag
def opening_words(clause):
    text = clause.body_text
    return text if len(text) <= OPENING else text[:OPENING].rsplit(" ", 1)[0] + "…"


@register.simple_tag
def outcome_words(change):
    """What happened to a clause, such as "text changed, moved"."""
    words = [_outcome(change, outcome) for outcome in change.outcomes]
    if change.old and Outcome.RENUMBERED in change.outcomes and change.old.number:
        words.append(_("was %(number)s") % {"number": change.old.number})
    if change.is_coarse:
        words.append(str(COARSE_WORDS))
    return ", ".join(words)


def _outcome(change, outcome):
    """In a split and a merge the clauses on the other side are named."""
    if outcome not in FAMILIES:
        return str(OUTCOME_WORDS[outcome])
    is_part = change.old is None or change.new is None
    if outcome is Outcome.SPLIT:
        words = _("split off from %(clauses)s") if is_part else _("split into %(clauses)s")
        own = change.new
    else:
        words = _("merged into %(clauses)s") if is_part else _("merged from %(clauses)s")
        own = change.old
    clauses = change.kin if is_part else (own, *change.kin)
    return words % {"clauses": get_text_list([_name(clause) for clause in clauses], _("and"))}


def _name(clause):
    return clause.number or f"“{clause.heading or opening_words(clause)}”"


@register.simple_tag
def redline_summary(redline):
    """How many clauses changed how, as a list in words."""
    counts = Counter({**redline.counts, **{kind: _families(redline, kind) for kind in FAMILIES}})
    parts = [
        words % {"n": counts[outcome]}
        for outcome, words in OUTCOME_COUNTS.items()
        if counts[outcome]
    ]
    return ", ".join(parts) or _("No clause differs")


def _families(redline, kind):
    return sum(kind in c.outcomes and bool(c.old and c.new) for c in redline.changes)


@register.simple_tag
def changed_details(old, new):
    """What two Versions say differently outside their clauses: (what, old, new) of each."""
    details = (
        (_("Title"), old.title, new.title),
        (_("Legal entity"), old.legal_entity, new.legal_entity),
        (_("Contact"), old.contact, new.contact),
        (
            _("How changes are told"),
            wording.promise_sentence(old.promise),
            wording.promise_sentence(new.promise),
        ),
    )
    return [detail for detail in details if detail[1] != detail[2]]


@register.simple_tag
def significance_words(significance):
    return SignificanceChoice(significance.value).label


@register.simple_tag
def marked_heading(change, spoken=False):
    """Number and heading with their edits marked; a clause may have neither."""
    old = change.old.number if change.old else ""
    new = change.new.number if change.new else ""
    number = marked_html(_number_edits(old, new), spoken)
    heading = marked_html(change.heading_edits, spoken)
    return format_html("{} {}", number, heading) if number and heading else number or heading


@register.simple_tag
def marked_body(change, spoken=False):
    """The body's text with insertions and deletions marked; nothing if it stands as it was."""
    return marked_html(change.body_edits, spoken) if shows_body(change) else ""


@register.simple_tag
def marked_words(change):
    """The body's text with its marks, whether or not it has any."""
    return marked_html(change.body_edits, spoken=True)


@register.simple_tag
def old_words(change):
    """The body as it was, with what was taken out marked."""
    return marked_html(change.body_edits, spoken=True, without=EditKind.INSERT)


@register.simple_tag
def new_words(change):
    """The body as it is, with what was added marked."""
    return marked_html(change.body_edits, spoken=True, without=EditKind.DELETE)


@register.simple_tag
def replaced(old, new):
    """A short text that another took the place of, such as where a link leads."""
    edits = [Edit(EditKind.DELETE, old), Edit(EditKind.INSERT, new)]
    return marked_html([edit for edit in edits if edit.text], spoken=True, between=" → ")


@register.simple_tag
def plain_edits(change):
    """For plain text: [-taken out-] and {+added+}."""
    return marked(spelled_out(change.body_edits)) if shows_body(change) else ""


def shows_body(change):
    """Whether the body is worth showing: a clause that only moved or got a number is known."""
    return bool({*change.outcomes} - PLACE_ONLY)


def _number_edits(old, new):
    kinds = (EditKind.EQUAL,) if old == new else (EditKind.DELETE, EditKind.INSERT)
    return [Edit(kind, text) for kind, text in zip(kinds, (old, new), strict=False) if text]
