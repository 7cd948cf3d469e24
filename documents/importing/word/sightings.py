"""Remembers in the tree itself where something was found, however paragraphs move afterwards."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from lxml import etree

from ..outline import Finding
from .xml import Element, name, remove

_MARK = "sighting"


def sight(element: Element, code: str) -> None:
    """Notes before the element that something was found there. code: that of the Finding."""
    element.addprevious(etree.Element(_MARK, code=code))


def sight_at_end(element: Element, code: str) -> None:
    """Notes it inside the element, as far as that has come."""
    etree.SubElement(element, _MARK, code=code)


def take_sightings(root: Element, line_of: Callable[[Element], int | None]) -> Iterator[Finding]:
    """One finding for each code: from its first line to its last, and how often.

    line_of: the line of a paragraph, if it has one; what stands before a
    paragraph, or in one without a line, counts to the next line.
    """
    lines: dict[str, list[int]] = defaultdict(list)
    waiting: list[str] = []
    last = 1
    for element in list(root.iter(_MARK, name("w:p"))):
        if element.tag == _MARK:
            around = next(element.iterancestors(name("w:p")), None)
            line = None if around is None else line_of(around)
            if line is None:
                waiting.append(element.get("code") or "")
            else:
                lines[element.get("code") or ""].append(line)
            remove(element)
        elif (line := line_of(element)) is not None:
            last = line
            for code in waiting:
                lines[code].append(line)
            waiting = []
    for code in waiting:
        lines[code].append(last)
    for code, found in lines.items():
        yield Finding(code, (min(found), max(found)), str(len(found)))
