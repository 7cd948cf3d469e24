"""What every lint is given: the passages of a text, its lines, its language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..languages import language_of
from ..outline import Finding, LineRange, Outline
from ..passages import Passage, passages_of

MAX_WORDS_SHOWN = 100  # characters of a finding's words

Mark = tuple[LineRange, str]  # where, and the words in question


@dataclass(frozen=True)
class Sheet:
    """passages: of the clauses, in order. lines: of the copy that was read.

    language: two letters, or "" where it cannot be told.
    """

    outline: Outline
    passages: tuple[Passage, ...]
    lines: tuple[str, ...]
    language: str

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def bodies(self) -> Iterator[Passage]:
        return (passage for passage in self.passages if passage.kind != "heading")

    @property
    def top(self) -> LineRange:
        """Where to show what is missing from the whole."""
        first = self.outline.clauses[0].lines[0] if self.outline.clauses else 1
        return self.outline.origins.get("title", (first, first))


def sheet_of(outline: Outline) -> Sheet:
    passages = passages_of(outline).all
    said = outline.metadata.get("language", "")[:2].lower()
    language = said or language_of(word for p in passages for word in p.text.split())
    end = outline.copies[0][1] if outline.copies else len(outline.source)
    return Sheet(outline, passages, outline.source[:end], language)


def searched(sheet: Sheet, pattern: re.Pattern[str]) -> Iterator[Mark]:
    """A mark for each passage of a body in which the pattern is found, with what it found."""
    for passage in sheet.bodies():
        found = dict.fromkeys(one[0].strip() for one in pattern.finditer(passage.text))
        if found:
            yield passage.lines, ", ".join(found)


def start_of(passage: Passage) -> str:
    return " ".join(passage.text.split(maxsplit=4)[:4])


def finding(code: str, mark: Mark) -> Finding:
    """Characters that cannot be shown, or that turn others around, are blanks in its words."""
    words = "".join(one if one.isprintable() else " " for one in mark[1][:MAX_WORDS_SHOWN])
    return Finding(code, mark[0], words.strip())
