"""A text for readers: the rank of each heading, and tables that scroll."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()

FIRST_RANK, LAST_RANK = 2, 6  # h1 is the title


@register.filter
def ranked(places):
    """(place, rank) of each place, for its heading: h2 to h6, and no rank is skipped.

    A level counts from the headings above it, not from its figure: below a
    clause without a heading, or after a level left out, an outline stays whole.
    """
    above = []
    for place in places:
        if place.text.heading:
            while above and above[-1] >= place.level:
                above.pop()
            above.append(place.level)
        yield place, min(FIRST_RANK + max(len(above) - 1, 0), LAST_RANK)


@register.filter
def readable(body):
    """A canonical body as HTML; a wide table scrolls in a box that the keyboard reaches."""
    opening = format_html(
        '<div class="table" role="region" aria-label="{}" tabindex="0"><table>', _("Table")
    )
    html = body.replace("<table>", opening).replace("</table>", "</table></div>")
    return mark_safe(html)  # noqa: S308 - canonical: made by documents.markup alone


@register.filter
def hangs(number):
    """Whether a clause's number is short enough to stand in the margin."""
    return len(number) <= 6
