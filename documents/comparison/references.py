"""Cross-references in plain text, and those whose target has another number now.

English, French and German words. A reference inside a link is text like any other.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .vocabulary import ClauseChange, ClauseState, Edit, EditKind, Redline

_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3}){0,5}|[IVXLC]{1,7}|[A-Z])(?![\w.]*\w)"
_REFERENCE = re.compile(
    r"(?:(?P<several>\b(?:sections|clauses|articles|paragraphs|paragraphes|parts|abschnitte|"
    r"ziffern)\s|§§)"
    r"|\b(?:section|clause|article|paragraph|paragraphe|part|abschnitt|ziffer|artikel|absatz)\s"
    r"|§)\s{0,2}"
    rf"(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    rf"(?:\s?,|\s(?:and|or|und|oder|et|ou|&))\s(?P<number>{_NUMBER})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reference:
    """start, end: of the number in the text, in characters. words: as printed, up to the number."""

    words: str
    number: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StaleReference:
    """A place in the new text that names a number whose clause has another one now, or is gone.

    target: the clause that had the number in the old text.
    """

    clause: ClauseState
    words: str
    target: ClauseChange


def references(text: str) -> Iterator[Reference]:
    for found in _REFERENCE.finditer(text):
        number: re.Match[str] | None = found
        while number:
            words = text[found.start() : number.end()]
            yield Reference(words, number["number"], number.start("number"), number.end())
            number = _FURTHER.match(text, number.end()) if found["several"] else None


def followed(text: str, numbers: Mapping[str, str]) -> str:
    """The old text with its references as renumbering would have them. numbers: old → new."""
    pieces, at = [], 0
    for reference in references(text):
        pieces += [text[at : reference.start], numbers.get(reference.number, reference.number)]
        at = reference.end
    return "".join([*pieces, text[at:]])


def stale_references(redline: Redline) -> tuple[StaleReference, ...]:
    """The references that stand as they stood although their target does not.

    Only in words that both texts have: what was written anew was meant so.
    """
    targets = redline.lost_numbers
    return tuple(
        StaleReference(change.new, reference.words, targets[reference.number])
        for change in redline.changes
        if targets and change.new
        for reference in _kept_references(change.body_edits)
        if reference.number in targets
    )


def _kept_references(edits: Sequence[Edit]) -> Iterator[Reference]:
    """The references of the new text none of whose words is new; moved ones are not."""
    kept: list[bool] = []  # of each character of the new text
    pieces = [edit for edit in edits if edit.kind is not EditKind.DELETE]
    for edit in pieces:
        kept += [edit.kind is EditKind.EQUAL or edit.is_moved] * len(edit.text)
    for reference in references("".join(edit.text for edit in pieces)):
        start = reference.end - len(reference.words)
        if all(kept[start : reference.end]):
            yield reference
