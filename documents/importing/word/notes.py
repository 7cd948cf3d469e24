"""Footnotes and endnotes: each stands at the first place that refers to it."""

from collections.abc import Mapping

from .package import Part
from .xml import Element, child, found, name, remove, text_of, value

KINDS = {"footnotes": ("w:footnote", "w:footnoteReference"),
         "endnotes": ("w:endnote", "w:endnoteReference")}  # fmt: skip
_LINES = {"separator", "continuationSeparator"}

Words = dict[tuple[str, str], str]  # of a note, by its kind and id


def settle_references(body: Element, notes: Mapping[str, Part]) -> Words:
    """Leaves references that lead to a note, one to each. A note may refer to no other.

    notes: the parts by kind. What was sighted in a note is sighted where it is referred to.
    """
    every = {(kind, key): note for kind in notes for key, note in _notes(kind, notes[kind].root)}
    for part in notes.values():
        for reference in found(part.root, *(reference for _, reference in KINDS.values())):
            remove(reference)
        _drop_marks(part.root)
    words: Words = {}
    for kind, (_, short) in KINDS.items():
        for reference in found(body, short):
            key = kind, value(reference, "w:id") or ""
            if key not in every or key in words:
                remove(reference)
                continue
            words[key] = text_of(every[key])
            for sighting in list(every[key].iter("sighting")):
                reference.addprevious(sighting)
    return words


def text_with_notes(paragraph: Element, words: Words) -> str:
    """The paragraph's words, and after them those of its notes in brackets."""
    referred = [
        words.get((kind, value(reference, "w:id") or ""), "")
        for kind, (_, short) in KINDS.items()
        for reference in paragraph.iter(name(short))
    ]
    return " ".join([text_of(paragraph), *(f"[{note}]" for note in referred if note)]).strip()


def _notes(kind: str, root: Element) -> list[tuple[str, Element]]:
    notes = root.iterchildren(name(KINDS[kind][0]))
    return [
        (value(note, "w:id") or "", note) for note in notes if value(note, "w:type") not in _LINES
    ]


def _drop_marks(root: Element) -> None:
    """Takes a note's own number off its text."""
    for mark in found(root, "w:footnoteRef", "w:endnoteRef"):
        run = next(mark.iterancestors(name("w:r")), None)
        if run is not None and child(run, "w:t") is None:
            remove(run)
