"""Tells how deep the clauses of a plain text stand.

A printed number says it: "2.1" is on level 2. Without one there are only
signs, and a person should confirm what they lead to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .headings import Opening
from .lines import Line
from .outline import MAX_LEVEL


@dataclass(frozen=True)
class Section:
    """A clause before it has a level: how it opens, and its body's lines."""

    opening: Opening
    first: int
    lines: tuple[Line, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it has a heading without a number."""
        return self.opening.heading != "" and not self.opening.number

    @property
    def is_list(self) -> bool:
        return self.lines != () and self.lines[0].is_item

    @property
    def announces(self) -> bool:
        return self.lines != () and self.lines[-1].text.endswith(":")


def with_levels(sections: Iterable[Section]) -> Iterator[tuple[int, Section]]:
    """Each section with its level, from 1."""
    level, before = 1, None
    for section in sections:
        level = min(_level(section, before, level), MAX_LEVEL)
        yield level, section
        before = section


def _level(section: Section, before: Section | None, level: int) -> int:
    """The level after ``before``, which is on ``level``.

    A heading right under a heading is deeper. So is one that heads a mere list,
    if the clause before announces more or is itself within another; the next
    such list stays beside it. All other headings return to the outermost level.
    """
    if section.opening.number:
        return section.opening.number.count(".") + 1
    if not section.is_plain or before is None or not before.opening.heading:
        return 1
    if not before.lines:
        return level + 1
    if not section.is_list:
        return 1
    if before.is_plain and before.is_list:
        return level
    return level + 1 if before.announces or level > 1 else 1
