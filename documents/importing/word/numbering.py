"""The label that Word prints before a numbered paragraph.

Word stores no labels, only rules. A *definition* has up to nine levels, each
with a format and a text such as "%1.%2"; *lists* refer to a definition and may
change some of it. Lists of the same definition count on together, except where
one says at which number it starts.
Source: ECMA-376 part 1, 17.9.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .formats import printed
from .styles import Styles
from .xml import Element, child, is_on, name, number, value

LEVELS = 9
NO_LIST = "0"  # what a paragraph refers to that is not to be numbered
MAX_LABEL = 40  # characters; Word itself allows fewer

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """How one level prints. restart: the last level, from 1, after which it begins anew; 0: never.

    style: the id of the paragraph style that is always on this level.
    """

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    is_legal: bool = False
    style: str = ""


@dataclass(frozen=True)
class List:
    """One numbering that paragraphs refer to. starts: the numbers that it begins with, by level."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph. level: from 0. Of a bullet, text is empty."""

    text: str
    number: int
    level: int
    format: str
    definition: str


@dataclass
class Numbering:
    """Counts through a document; to be asked for each numbered paragraph once, in order."""

    lists: Mapping[str, List]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        levels = self.lists[list_id].levels if list_id in self.lists else {}
        return next((at for at, level in levels.items() if style and level.style == style), None)

    def label(self, list_id: str, at: int) -> Label | None:
        """The next label of a list on a level; None if the list has no such level."""
        found = self.lists.get(list_id)
        if found is None or at not in found.levels:
            return None
        counts = self._counts.setdefault(found.definition, {})
        counts[at] = self._next(list_id, found, at, counts)
        _forget_deeper(counts, found, at)
        text = _label_text(found, at, counts)
        return Label(text, counts[at], at, found.levels[at].format, found.definition)

    def _next(self, list_id: str, found: List, at: int, counts: Mapping[int, int]) -> int:
        if at in found.starts and (list_id, at) not in self._begun:
            self._begun.add((list_id, at))
            return found.starts[at]
        return counts[at] + 1 if at in counts else _start(found, at)


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """root: that of the part numbering.xml, if the file has one."""
    if root is None:
        return Numbering({})
    definitions = {
        value(one, "w:abstractNumId") or "": one for one in root.iterchildren(name("w:abstractNum"))
    }
    lists = {value(one, "w:numId") or "": one for one in root.iterchildren(name("w:num"))}
    found = {key: _list(one, lists, definitions, styles) for key, one in lists.items()}
    return Numbering({key: one for key, one in found.items() if one and key != NO_LIST})


def _list(
    element: Element,
    lists: Mapping[str, Element],
    definitions: Mapping[str, Element],
    styles: Styles,
) -> List | None:
    definition = value(child(element, "w:abstractNumId")) or ""
    linked = value(child(definitions.get(definition), "w:numStyleLink"))
    if linked:  # the definition only names a style, whose own list has the levels
        other = lists.get(styles.list_of_numbering_style(linked))
        definition = value(child(other, "w:abstractNumId")) or definition
    if definition not in definitions:
        return None
    levels = dict(_levels(definitions[definition]))
    starts = {}
    for override in element.iterchildren(name("w:lvlOverride")):
        at = _level_at(override)
        levels |= dict(_levels(override))
        start = number(child(override, "w:startOverride"))
        if at is not None and start is not None:
            starts[at] = start
            levels[at] = replace(levels.get(at, Level()), start=start)
    return List(definition, levels, starts)


def _levels(element: Element) -> Iterator[tuple[int, Level]]:
    for one in element.iterchildren(name("w:lvl")):
        at = _level_at(one)
        if at is not None:
            start = number(child(one, "w:start"))
            yield (
                at,
                Level(
                    format=value(child(one, "w:numFmt")) or "decimal",
                    text=(value(child(one, "w:lvlText")) or "")[:MAX_LABEL],
                    start=0 if start is None else start,
                    restart=number(child(one, "w:lvlRestart")),
                    is_legal=is_on(child(one, "w:isLgl")) or False,
                    style=value(child(one, "w:pStyle")) or "",
                ),
            )


def _level_at(element: Element) -> int | None:
    at = value(element, "w:ilvl") or "0"
    return int(at) if at in map(str, range(LEVELS)) else None


def _start(found: List, at: int) -> int:
    return found.levels[at].start if at in found.levels else 1


def _forget_deeper(counts: dict[int, int], found: List, at: int) -> None:
    for deeper in [level for level in counts if level > at]:
        restart = found.levels[deeper].restart if deeper in found.levels else None
        if restart is None or restart > deeper or at < restart:
            del counts[deeper]


def _label_text(found: List, at: int, counts: Mapping[int, int]) -> str:
    """The level's text with numbers for its places; an outer level not yet used counts as begun."""
    level = found.levels[at]
    if level.format == "bullet":
        return ""

    def number_at(place: re.Match[str]) -> str:
        outer = int(place[1]) - 1
        if outer > at:
            return ""
        own = found.levels[outer].format if outer in found.levels else "decimal"
        is_plain = level.is_legal and own not in {"bullet", "none"}
        return printed(counts.get(outer, _start(found, outer)), "decimal" if is_plain else own)

    return " ".join(_PLACE.sub(number_at, level.text).split())[:MAX_LABEL]
