"""Names in Word's XML, and parsing it without what XML can do to a reader."""

import re
from functools import cache
from typing import TypeAlias

from lxml import etree

from ..errors import DamagedFile, HoldsDefinitions, NestedTooDeep, UnpacksTooLarge

Element: TypeAlias = etree._Element

MAX_DEPTH = 60  # elements around one another; mammoth's recursion takes several frames for each
MAX_ELEMENTS = 600_000  # of a part as it comes; most are about looks

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
SPACES = {
    "w": _TRANSITIONAL + "wordprocessingml/2006/main",
    "r": _TRANSITIONAL + "officeDocument/2006/relationships",
    "m": _TRANSITIONAL + "officeDocument/2006/math",
    "wp": _TRANSITIONAL + "drawingml/2006/wordprocessingDrawing",
    "mc": _TRANSITIONAL + "markup-compatibility/2006",
    "a": _TRANSITIONAL + "drawingml/2006/main",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
}
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml/main|officeDocument/[a-z]+|"
                     rb"drawingml/[A-Za-z]+)")  # fmt: skip
_DEFINITION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@cache
def name(short: str) -> str:
    """The full name of "w:p"."""
    prefix, local = short.split(":")
    return f"{{{SPACES[prefix]}}}{local}"


def parse(data: bytes, part: str) -> Element:
    """The root of a part. Names of the strict format become those that all of Word's files share.

    Raises DamagedFile, HoldsDefinitions or NestedTooDeep.
    """
    if _DEFINITION.search(data):
        raise HoldsDefinitions(part=part)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_STRICT.sub(_transitional, data), parser)
    except etree.XMLSyntaxError as error:
        raise (NestedTooDeep() if "depth" in str(error) else DamagedFile(part=part)) from error
    if root.getroottree().docinfo.doctype:  # in an encoding that hid it from the search above
        raise HoldsDefinitions(part=part)
    require_modest(root, MAX_ELEMENTS)
    return root


def _transitional(strict: re.Match[bytes]) -> bytes:
    family, _, last = strict[1].partition(b"/")
    return _TRANSITIONAL.encode() + family + b"/2006/" + last


def require_modest(root: Element, most: int) -> None:
    """most: elements. Raises UnpacksTooLarge or NestedTooDeep."""
    if sum(1 for _ in root.iter()) > most:
        raise UnpacksTooLarge(limit=most, unit="elements")
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise NestedTooDeep


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and its first child of the next name, if all are there.

    lxml's own find() looks for the second one too, through all children.
    """
    for short in path:
        tag = name(short)
        children = () if element is None else element
        element = next((one for one in children if one.tag == tag), None)
    return element


def value(element: Element | None, attribute: str = "w:val") -> str | None:
    return None if element is None else element.get(name(attribute))


def number(element: Element | None) -> int | None:
    """The value as a whole number; None where there is none."""
    text = value(element) or ""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def is_on(element: Element | None) -> bool | None:
    """What a switch such as w:b says; None where it says nothing."""
    return None if element is None else value(element) not in {"0", "false", "off"}


def text_of(element: Element) -> str:
    """The words that stand in it; tabs and breaks are spaces."""
    gaps = {name("w:tab"), name("w:br"), name("w:cr"), name("w:p")}
    words = {name("w:t"), name("m:t")}
    pieces = ((one.text or "") if one.tag in words else " " for one in element.iter(*gaps, *words))
    return " ".join("".join(pieces).split())


def unwrap(element: Element) -> None:
    """Puts its children where it stands."""
    for one in list(element):
        element.addprevious(one)
    remove(element)


def remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def found(root: Element, *short: str) -> list[Element]:
    """All of these names below, in document order; safe to change the tree while going through."""
    return list(root.iter(*map(name, short)))
