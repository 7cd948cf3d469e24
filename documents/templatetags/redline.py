"""A Redline for people: marked words, and what happened to each clause in a few words.

Text is escaped piece by piece, after the comparison: no edit can cut a tag.
"""

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.comparison import EditKind, Outcome
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
PLAIN_MARKS = {
    EditKind.EQUAL: "{}",
    EditKind.DELETE: "[-{}-]",
    EditKind.INSERT: "{{+{}+}}",
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
    """How many clauses changed how, in one sentence."""
    counts = redline.counts
    parts = [
        ngettext("%(n)s clause changed", "%(n)s clauses changed", n) % {"n": n}
        for n in [counts[Outcome.CHANGED]]
        if n
    ]
    for outcome, one, many in (
        (Outcome.ADDED, "%(n)s added", "%(n)s added"),
        (Outcome.REMOVED, "%(n)s removed", "%(n)s removed"),
        (Outcome.RETITLED, "%(n)s retitled", "%(n)s retitled"),
        (Outcome.MOVED, "%(n)s moved", "%(n)s moved"),
        (Outcome.RENUMBERED, "%(n)s renumbered", "%(n)s renumbered"),
        (Outcome.FORMATTING, "%(n)s changed in form only", "%(n)s changed in form only"),
    ):
        if counts[outcome]:
            parts.append(ngettext(one, many, counts[outcome]) % {"n": counts[outcome]})
    return ", ".join(parts) or _("No clause differs")


@register.simple_tag
def significance_words(significance):
    return SignificanceChoice(significance.value).label


@register.simple_tag
def marked_heading(change):
    """Number and heading with their edits marked."""
    old = change.old.number if change.old else ""
    new = change.new.number if change.new else ""
    number = _marked_number(old, new, change)
    return format_html("{}{}", number, _marked(change.heading_edits))


@register.simple_tag
def marked_body(change):
    """The body's text with insertions and deletions marked; nothing if it stands as it was."""
    return _marked(change.body_edits) if shows_body(change) else ""


@register.simple_tag
def plain_edits(change):
    """For plain text: [-taken out-] and {+added+}."""
    if not shows_body(change):
        return ""
    return "".join(PLAIN_MARKS[edit.kind].format(edit.text) for edit in change.body_edits)


def shows_body(change):
    """Whether the body is worth showing: a clause that only moved or got a number is known."""
    return bool({*change.outcomes} - {Outcome.MOVED, Outcome.RENUMBERED, Outcome.RETITLED})


def _marked(edits):
    return format_html_join("", "{}", ((_piece(edit.kind, edit.text),) for edit in edits))


def _piece(kind, text):
    if kind is EditKind.INSERT:
        return format_html("<ins>{}</ins>", text)
    if kind is EditKind.DELETE:
        return format_html("<del>{}</del>", text)
    return escape(text)


def _marked_number(old, new, change):
    if change.old is None or change.new is None or old == new:
        return format_html("{} ", new or old) if new or old else ""
    pieces = [
        (_piece(kind, text),)
        for kind, text in ((EditKind.DELETE, old), (EditKind.INSERT, new))
        if text
    ]
    return format_html("{} ", format_html_join("", "{}", pieces)) if pieces else ""
