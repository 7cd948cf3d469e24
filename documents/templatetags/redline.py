"""A Redline for people: marked words, and what happened to each clause in a few words.

Text is escaped piece by piece, after the comparison: no edit can cut a tag.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from documents import wording
from documents.comparison import Edit, EditKind, Outcome
from documents.comparison.render import marked
from documents.models.versions import SignificanceChoice

register = template.Library()

OUTCOME_WORDS = {
    Outcome.UNCHANGED: gettext_lazy("unchanged"),
    Outcome.ADDED: gettext_lazy("new clause"),
    Outcome.REMOVED: gettext_lazy("clause removed"),
    Outcome.CHANGED: gettext_lazy("text changed"),
    Outcome.FORMATTING: gettext_lazy("formatting or a link changed"),
    Outcome.RETITLED: gettext_lazy("heading changed"),
    Outcome.RENUMBERED: gettext_lazy("renumbered"),
    Outcome.MOVED: gettext_lazy("moved"),
}
OUTCOME_COUNTS = {
    Outcome.CHANGED: ngettext_lazy("%(n)s clause changed", "%(n)s clauses changed", "n"),
    Outcome.ADDED: ngettext_lazy("%(n)s clause added", "%(n)s clauses added", "n"),
    Outcome.REMOVED: ngettext_lazy("%(n)s clause removed", "%(n)s clauses removed", "n"),
    Outcome.RETITLED: ngettext_lazy("%(n)s heading changed", "%(n)s headings changed", "n"),
    Outcome.MOVED: ngettext_lazy("%(n)s clause moved", "%(n)s clauses moved", "n"),
    Outcome.RENUMBERED: ngettext_lazy("%(n)s clause renumbered", "%(n)s clauses renumbered", "n"),
    Outcome.FORMATTING: ngettext_lazy(
        "%(n)s clause changed in form only", "%(n)s clauses changed in form only", "n"
    ),
}
MARKS = {
    EditKind.EQUAL: "{text}",
    EditKind.DELETE: "<del{spoken}>{text}</del>",
    EditKind.INSERT: "<ins{spoken}>{text}</ins>",
}
# What a screen reader hears at both ends of a mark; the style sheet hides it from the eye.
SPOKEN_WORDS = {
    EditKind.DELETE: (gettext_lazy("taken out:"), gettext_lazy("end of words taken out")),
    EditKind.INSERT: (gettext_lazy("added:"), gettext_lazy("end of words added")),
}
OPENING = 120  # characters


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
    words = [str(OUTCOME_WORDS[outcome]) for outcome in change.outcomes]
    if change.old and Outcome.RENUMBERED in change.outcomes and change.old.number:
        words.append(_("was %(number)s") % {"number": change.old.number})
    return ", ".join(words)


@register.simple_tag
def redline_summary(redline):
    """How many clauses changed how, as a list in words."""
    counts = redline.counts
    parts = [
        words % {"n": counts[outcome]}
        for outcome, words in OUTCOME_COUNTS.items()
        if counts[outcome]
    ]
    return ", ".join(parts) or _("No clause differs")


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
    number = _marked(_number_edits(old, new), spoken)
    heading = _marked(change.heading_edits, spoken)
    return format_html("{} {}", number, heading) if number and heading else number or heading


@register.simple_tag
def marked_body(change, spoken=False):
    """The body's text with insertions and deletions marked; nothing if it stands as it was."""
    return _marked(change.body_edits, spoken) if shows_body(change) else ""


@register.simple_tag
def plain_edits(change):
    """For plain text: [-taken out-] and {+added+}."""
    return marked(change.body_edits) if shows_body(change) else ""


def shows_body(change):
    """Whether the body is worth showing: a clause that only moved or got a number is known."""
    return bool({*change.outcomes} - {Outcome.MOVED, Outcome.RENUMBERED, Outcome.RETITLED})


def _number_edits(old, new):
    kinds = (EditKind.EQUAL,) if old == new else (EditKind.DELETE, EditKind.INSERT)
    return [Edit(kind, text) for kind, text in zip(kinds, (old, new), strict=False) if text]


def _marked(edits, spoken):
    return format_html_join("", "{}", ((_piece(edit, spoken),) for edit in edits))


def _piece(edit, spoken):
    words = SPOKEN_WORDS.get(edit.kind) if spoken else None
    attributes = format_html(' data-opens="{}" data-closes="{}"', *words) if words else ""
    return format_html(MARKS[edit.kind], text=edit.text, spoken=attributes)
