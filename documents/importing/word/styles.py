"""What a paragraph or a run gets from its style and the styles that this one builds on."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from .xml import Element, child, is_on, name, number, value

MAX_CHAIN = 12  # styles built on one another; Word allows about ten
BODY_LEVEL = 9  # the outline level of what is no heading

_Answer = TypeVar("_Answer")
_HEADING = re.compile(r"heading ([1-9])")


@dataclass(frozen=True)
class Styles:
    """The styles of a document by their id."""

    elements: dict[str, Element]
    default: str = ""  # the style of paragraphs that name none
    _chains: dict[str, list[Element]] = field(default_factory=dict)

    def chain(self, id: str | None) -> list[Element]:
        """The style and those beneath it, the nearest first."""
        if id is None:
            return []
        if id not in self._chains:
            self._chains[id] = list(self._walked(id))
        return self._chains[id]

    def _walked(self, id: str) -> Iterator[Element]:
        style = self.elements.get(id)
        for _ in range(MAX_CHAIN):
            if style is None:
                return
            yield style
            style = self.elements.get(value(child(style, "w:basedOn")) or "")

    def paragraph(self, paragraph: Element) -> list[Element]:
        """The chain of a paragraph's style."""
        return self.chain(value(child(paragraph, "w:pPr", "w:pStyle")) or self.default)

    def list_of_numbering_style(self, id: str) -> str:
        style = self.elements.get(id)
        return value(child(style, "w:pPr", "w:numPr", "w:numId")) or ""

    def switch(self, run: Element, short: str, around: list[Element]) -> bool:
        """Whether a switch such as w:b is on for a run: by itself, its style or its paragraph's.

        around: the chain of the paragraph's style.
        """
        own = is_on(child(run, "w:rPr", short))
        if own is not None:
            return own
        character = self.chain(value(child(run, "w:rPr", "w:rStyle")))
        return _first([*character, *around], lambda one: is_on(child(one, "w:rPr", short))) or False


def read_styles(root: Element | None) -> Styles:
    """root: that of the part styles.xml, if the file has one."""
    elements: dict[str, Element] = {}
    default = ""
    for style in root.iterchildren(name("w:style")) if root is not None else ():
        own = value(style, "w:styleId") or ""
        elements.setdefault(own, style)
        is_default = value(style, "w:default") in {"1", "true", "on"}
        default = own if is_default and value(style, "w:type") == "paragraph" else default
    return Styles(elements, default)


def style_name(chain: list[Element]) -> str:
    """The name that Word gives the style, in small letters: the same in all languages."""
    return (value(child(chain[0], "w:name")) or "").lower() if chain else ""


def heading_rank(paragraph: Element, chain: list[Element]) -> int | None:
    """1 to 9 if the paragraph is a heading by its outline level or style, else None."""
    properties = child(paragraph, "w:pPr")
    level = number(child(properties, "w:outlineLvl"))
    if level is None:
        level = _first(chain, _outline_level)
    return level + 1 if level is not None and 0 <= level < BODY_LEVEL else None


def _outline_level(style: Element) -> int | None:
    level = number(child(style, "w:pPr", "w:outlineLvl"))
    named = _HEADING.fullmatch((value(child(style, "w:name")) or "").lower())
    return int(named[1]) - 1 if level is None and named else level


def _first(styles: Iterable[Element], ask: Callable[[Element], _Answer | None]) -> _Answer | None:
    return next((answer for one in styles if (answer := ask(one)) is not None), None)
