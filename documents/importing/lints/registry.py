"""All lints, and in which languages each can read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..outline import Finding, Outline
from . import characters, damage, meaning, names, structure, terms
from .sheet import Mark, Sheet, finding, sheet_of

READERS_CODES = (
    "tracked_changes",
    "comments",
    "hidden_text",
    "text_boxes",
    "headers_and_footers",
    "images",
    "struck_text",
    "embedded_documents",
    "unknown_symbols",
)  # what a reader comes upon: Outline.findings


@dataclass(frozen=True)
class _Lint:
    """languages: two-letter codes of those whose words it knows; empty where it needs none."""

    find: Callable[[Sheet], Iterator[Mark]]
    languages: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        return self.find.__name__

    def reads(self, language: str) -> bool:
        return not self.languages or language in self.languages


_ENGLISH = frozenset({"en"})
_DATED = frozenset({"en", "fr", "de"})  # of dates.py

_LINTS = (
    _Lint(names.empty_name, _ENGLISH),
    _Lint(names.glued_heading),
    _Lint(damage.glued_url),
    _Lint(damage.lost_bullet),
    _Lint(damage.cut_sentence, _ENGLISH),
    _Lint(damage.missing_full_stop),
    _Lint(damage.lost_line_break),
    _Lint(structure.number_gap),
    _Lint(structure.number_duplicate),
    _Lint(structure.dangling_reference, _DATED),
    _Lint(structure.repeated_text),
    _Lint(terms.undefined_term, _ENGLISH),
    _Lint(terms.term_defined_twice, _ENGLISH),
    _Lint(meaning.missing_effective_date, _DATED),
    _Lint(meaning.missing_contact),
    _Lint(meaning.conflicting_promises, _ENGLISH),
    _Lint(meaning.stale_law),
    _Lint(meaning.placeholder),
    _Lint(meaning.mixed_language),
    _Lint(characters.invisible_character),
    _Lint(characters.direction_character),
    _Lint(characters.unreadable_character),
)

CODES = (*READERS_CODES, *(lint.code for lint in _LINTS))


def find(outline: Outline) -> tuple[Finding, ...]:
    """What the reader came upon and what the lints find, in the order of the lines. Linear."""
    sheet = sheet_of(outline)
    found = [
        finding(lint.code, mark)
        for lint in _LINTS
        if lint.reads(sheet.language)
        for mark in lint.find(sheet)
    ]
    both = (*outline.findings, *found)
    return tuple(sorted(both, key=lambda one: (one.lines, CODES.index(one.code))))


def skipped(outline: Outline) -> tuple[str, ...]:
    """The codes of the lints that did not run, because they do not know the text's language."""
    language = sheet_of(outline).language
    return tuple(lint.code for lint in _LINTS if not lint.reads(language))
