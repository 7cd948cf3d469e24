"""Why a change has its significance and what it is about, in words for a lawyer."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

REASON_WORDS = {
    "details_changed": gettext_lazy("the title, a name, the contact or the promise changes"),
    "clause_added": gettext_lazy("a clause is new"),
    "clause_removed": gettext_lazy("a clause is gone"),
    "negation": gettext_lazy("a negation or an exception changes"),
    "obligation": gettext_lazy("what must or may be done changes"),
    "amount": gettext_lazy("an amount changes"),
    "period": gettext_lazy("a period changes"),
    "date": gettext_lazy("a date changes"),
    "number": gettext_lazy("a number changes"),
    "party": gettext_lazy("who is meant changes"),
    "definition": gettext_lazy("a definition or a quoted term changes"),
    "right": gettext_lazy("words about rights change"),
    "liability": gettext_lazy("words about liability or disputes change"),
    "data": gettext_lazy("words about data and its use change"),
    "name": gettext_lazy("a name changes"),
    "words_changed": gettext_lazy("other words change"),
    "capitals": gettext_lazy("capitals inside a sentence change: perhaps a defined term"),
    "contact": gettext_lazy("only an address or a contact changes"),
    "date_of_text": gettext_lazy("only the date of the text itself changes"),
    "word_form": gettext_lazy("a word stands in the singular or in the plural"),
    "small_words": gettext_lazy("only small words change"),
    "heading_changed": gettext_lazy("the heading changes"),
    "heading_added": gettext_lazy("a heading is new"),
    "heading_removed": gettext_lazy("a heading is gone"),
    "link_changed": gettext_lazy("a link changes"),
    "split": gettext_lazy("the clause is split"),
    "merged": gettext_lazy("clauses are merged"),
    "reference_followed": gettext_lazy("a reference follows its renumbered clause"),
    "spelling": gettext_lazy("the same words are spelled otherwise"),
    "punctuation_or_case": gettext_lazy("punctuation or capitals change"),
    "formatting": gettext_lazy("only the form changes"),
    "renumbered": gettext_lazy("the number changes"),
    "moved": gettext_lazy("the clause stands elsewhere"),
}
TAG_WORDS = {
    "purpose": gettext_lazy("what data is used for"),
    "controller": gettext_lazy("who is responsible"),
    "exercise_of_rights": gettext_lazy("how rights are exercised"),
    "recipients": gettext_lazy("who receives data"),
    "third_country_transfer": gettext_lazy("transfer to other countries"),
    "data_categories": gettext_lazy("which data"),
    "retention": gettext_lazy("how long data is kept"),
    "breach": gettext_lazy("data breaches"),
    "price": gettext_lazy("prices and payment"),
    "liability": gettext_lazy("liability"),
}


@register.simple_tag
def reason_words(reason):
    """A Reason, such as: a word of permission changes (“may” → “must”)."""
    words = REASON_WORDS[reason.code]
    if reason.old and reason.new:
        return _("%(reason)s (“%(old)s” → “%(new)s”)") % {
            "reason": words,
            "old": reason.old,
            "new": reason.new,
        }
    if reason.old or reason.new:
        told = (
            _("%(reason)s (new: “%(words)s”)") if reason.new else _("%(reason)s (out: “%(words)s”)")
        )
        return told % {"reason": words, "words": reason.new or reason.old}
    return words


@register.simple_tag
def tag_words(tags):
    return ", ".join(str(TAG_WORDS[tag]) for tag in tags)
