"""Edits as HTML: what was added underlined, what was taken out struck through.

Text is escaped piece by piece, after the comparison: no edit can cut a tag.
A character that nobody can see is spelled out where it was added or taken out;
in words that stand as they were it stays as it is. "Spoken" marks carry words
for those who hear the page.
"""

import unicodedata
from itertools import groupby

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.comparison import Edit, EditKind

MARKS = {
    EditKind.EQUAL: "{text}",
    EditKind.DELETE: "<del{moved}{spoken}>{text}</del>",
    EditKind.INSERT: "<ins{moved}{spoken}>{text}</ins>",
}
# What a screen reader hears at both ends of a mark; the style sheet hides it from the eye.
SPOKEN_WORDS = {
    (EditKind.DELETE, False): (gettext_lazy("taken out:"), gettext_lazy("end of words taken out")),
    (EditKind.INSERT, False): (gettext_lazy("added:"), gettext_lazy("end of words added")),
    (EditKind.DELETE, True): (gettext_lazy("moved away:"), gettext_lazy("end of words moved away")),
    (EditKind.INSERT, True): (gettext_lazy("moved here:"), gettext_lazy("end of words moved here")),
}
UNSEEN_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # print as nothing


def marked_html(edits, spoken, without=None, between=""):
    """Edits as HTML with their marks.

    without: the kind of edit to leave out. between: what stands between two edits.
    """
    pieces = ((_piece(edit, signs, spoken),) for edit, signs in _with_signs(edits, without))
    return format_html_join(between, "{}", pieces)


def _piece(edit, signs, spoken):
    words = SPOKEN_WORDS.get((edit.kind, edit.is_moved)) if spoken else None
    attributes = format_html(' data-opens="{}" data-closes="{}"', *words) if words else ""
    moved = mark_safe(' class="moved"') if edit.is_moved else ""
    return format_html(MARKS[edit.kind], text=signs, spoken=attributes, moved=moved)


def _with_signs(edits, without=None):
    """Each edit with its text as HTML in which hidden characters are spelled out."""
    for edit, parts in _parts(edits):
        if edit.kind is not without:
            yield edit, format_html_join("", "{}", ((_sign(*part),) for part in parts))


def shown_whole(text):
    """Plain text as HTML in which every hidden character is spelled out."""
    signs = (signs for _edit, signs in _with_signs([Edit(EditKind.INSERT, text)]))
    return format_html_join("", "{}", ((each,) for each in signs))


def spelled_out(edits):
    """The edits with the hidden characters of what changed written out, for plain text."""
    return [
        Edit(edit.kind, "".join(_labels(text) if is_sign else text for text, is_sign in parts))
        for edit, parts in _parts(edits)
    ]


def _parts(edits):
    """Each edit with its text as runs of (text, whether it is hidden)."""
    edits = tuple(edits)
    for at, edit in enumerate(edits):
        kinds = {near.kind for near in edits[max(at - 1, 0) : at + 2]}
        yield edit, _runs(edit, is_replaced={EditKind.DELETE, EditKind.INSERT} <= kinds)


def _runs(edit, is_replaced):
    """Unusual blanks count as hidden where they took another's place or changed alone."""
    text = edit.text
    is_seen = text.replace("\n", "").isprintable() and UNSEEN_LETTERS.isdisjoint(text)
    is_blank = not text.strip()
    if edit.kind is EditKind.EQUAL or (is_seen and not is_blank):
        return [(text, False)]
    shown = {" "} | (set() if is_blank else {"\n"})
    shown |= set() if is_blank or is_replaced else {"\t", "\xa0", "\u202f"}

    def is_hidden(character):
        return character not in shown and (
            not character.isprintable() or character in UNSEEN_LETTERS
        )

    return [("".join(run), hidden) for hidden, run in groupby(text, is_hidden)]


def _sign(text, is_hidden):
    """Text as HTML. A character many times over has one sign, or a page could swell without end."""
    if not is_hidden:
        return conditional_escape(text)
    runs = [(character, len([*run])) for character, run in groupby(text)]
    signs = {run: _one_sign(*run) for run in set(runs)}
    return format_html_join("", "{}", ((signs[run],) for run in runs))


def _one_sign(character, times):
    return format_html(
        '<span class="hidden-sign" title="{}">{}</span>{}',
        _unicode_name(character),
        _label(character, times).rstrip("\n"),
        "\n" * times if character == "\n" else "",
    )


def _labels(text):
    return "".join(_label(character, len([*run])) for character, run in groupby(text))


def _label(character, times):
    """A line break still breaks the line after its sign."""
    sign = "↵" if character == "\n" else f"[U+{ord(character):04X}]"
    return sign + (f"×{times}" if times > 1 else "") + ("\n" * times if sign == "↵" else "")


def _unicode_name(character):
    names = {"\n": _("line break"), "\t": _("tab")}
    return names.get(character) or unicodedata.name(character, _("hidden character"))
