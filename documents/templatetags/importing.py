"""An import for people: what was found in a file, and what would become of the draft."""

from django import template
from django.conf.locale import LANG_INFO
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext_lazy, ngettext_lazy
from django.utils.translation import gettext as _

from documents.marking import shown_whole

from .redline import opening_words, outcome_words

register = template.Library()
register.filter(shown_whole)

CODE_WORDS = {
    "tracked_changes": gettext_lazy("The file holds tracked changes"),
    "comments": gettext_lazy("The file holds comments; they are left out"),
    "hidden_text": gettext_lazy("The file holds hidden text; it is left out"),
    "text_boxes": gettext_lazy("The file holds text boxes: check that their words are there"),
    "headers_and_footers": gettext_lazy("Page headers and footers are left out"),
    "images": gettext_lazy("The file holds images; they are left out"),
    "struck_text": gettext_lazy("Text that is struck through is left out"),
    "embedded_documents": gettext_lazy("The file holds other documents; they are left out"),
    "unknown_symbols": gettext_lazy("Signs of a symbol font could not be read"),
    "empty_name": gettext_lazy("A name seems to be missing"),
    "glued_heading": gettext_lazy("A heading and the text beneath it stand on one line"),
    "glued_url": gettext_lazy("An address runs into the word beside it"),
    "lost_bullet": gettext_lazy("A list item without its mark"),
    "cut_sentence": gettext_lazy("A sentence seems to be cut off"),
    "missing_full_stop": gettext_lazy("A paragraph ends without a full stop"),
    "lost_line_break": gettext_lazy("A line break seems to be lost"),
    "number_gap": gettext_lazy("A number is left out before this clause"),
    "number_duplicate": gettext_lazy("This number stands twice"),
    "dangling_reference": gettext_lazy("A reference to a clause that is not there"),
    "repeated_text": gettext_lazy("This text has stood before, in these lines"),
    "undefined_term": gettext_lazy("A capitalised term that is nowhere explained"),
    "term_defined_twice": gettext_lazy("A term is explained a second time"),
    "missing_effective_date": gettext_lazy("The text does not say from which day it holds"),
    "missing_contact": gettext_lazy("The text names no way to reach the publisher"),
    "conflicting_promises": gettext_lazy(
        "The text says in two ways how people are told of changes"
    ),
    "stale_law": gettext_lazy("Law that is no longer in force is named"),
    "placeholder": gettext_lazy("A placeholder was not filled in"),
    "mixed_language": gettext_lazy("Words in another language than the text"),
    "invisible_character": gettext_lazy("A character that nobody sees"),
    "direction_character": gettext_lazy(
        "A character that turns the direction of reading: the text may say other than it shows"
    ),
    "unreadable_character": gettext_lazy("A character that was damaged on the way"),
}
METADATA_WORDS = {
    "amended_on": gettext_lazy("Last changed on"),
    "effective_on": gettext_lazy("In effect from"),
    "organisation": gettext_lazy("Publisher"),
    "language": gettext_lazy("Language"),
}
DAYS = {"amended_on", "effective_on"}
PART_WORDS = {
    "title": gettext_lazy("The title"),
    "organisation": gettext_lazy("The publisher’s name"),
    "front_matter": gettext_lazy("Data about the document"),
    "residue": gettext_lazy("Left out: seems to be no part of the policy"),
    "copy": gettext_lazy("Left out: the same text once more"),
    "": gettext_lazy("In no clause"),
}
COUNT_WORDS = (
    ("same", ngettext_lazy("%(n)s as in the draft", "%(n)s as in the draft", "n")),
    ("edited", ngettext_lazy("%(n)s edited", "%(n)s edited", "n")),
    ("moved", ngettext_lazy("%(n)s moved or renumbered", "%(n)s moved or renumbered", "n")),
    ("added", ngettext_lazy("%(n)s new", "%(n)s new", "n")),
    ("doubtful", ngettext_lazy("%(n)s to decide on", "%(n)s to decide on", "n")),
)
TOTAL_WORDS = ngettext_lazy("%(n)s clause: %(parts)s", "%(n)s clauses: %(parts)s", "n")
GONE_WORDS = ngettext_lazy(
    "%(n)s clause of the draft is gone", "%(n)s clauses of the draft are gone", "n"
)


@register.simple_tag
def finding_words(finding):
    """What was found, such as: A placeholder was not filled in: [DATE]."""
    words = CODE_WORDS.get(finding.code, finding.code)
    if not finding.words:
        return str(words)
    return _("%(finding)s: %(words)s") % {"finding": words, "words": finding.words}


@register.filter
def titled(clause):
    """Number and heading of a ClauseState; its first words where there is neither."""
    return f"{clause.number} {clause.heading}".strip() or opening_words(clause)


@register.simple_tag
def metadata_words(name):
    return METADATA_WORDS.get(name, name)


@register.simple_tag
def metadata_value(name, value):
    """A day or a language in words, else the value as it stands."""
    if name in DAYS and (day := parse_date(value)):
        return date_format(day, "j F Y", use_l10n=False)
    if name == "language" and value in LANG_INFO:
        return get_language_info(value)["name_translated"]
    return value


@register.simple_tag
def part_words(kind):
    """What lines are that went into no clause."""
    return PART_WORDS[kind]


@register.simple_tag
def lines_words(lines):
    first, last = lines
    if first == last:
        return _("line %(first)s") % {"first": first}
    return _("lines %(first)s–%(last)s") % {"first": first, "last": last}


@register.simple_tag
def import_summary(counts):
    """How many clauses an import keeps, changes and brings, in one sentence."""
    parts = [words % {"n": n} for name, words in COUNT_WORDS if (n := counts[name])]
    total = TOTAL_WORDS % {"n": counts["total"], "parts": ", ".join(parts)}
    if not counts["gone"]:
        return _("%(total)s; no clause of the draft is gone.") % {"total": total}
    gone = GONE_WORDS % {"n": counts["gone"]}
    return _("%(total)s; %(gone)s.") % {"total": total, "gone": gone}


@register.simple_tag
def fate_words(row):
    """What a clause of a file is to the draft, such as "text changed, moved"."""
    if row.candidate:
        return _("perhaps the same as %(clause)s") % {"clause": titled(row.candidate)}
    if row.change is None:
        return _("new clause")
    return _("as in the draft") if row.change.is_unchanged else outcome_words(row.change)
