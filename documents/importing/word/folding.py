"""mammoth's HTML as a tree with lists nested, notes where they are referred to, labels in place.

Each paragraph and list item of the tree has the attribute PLACE: which of the
document's paragraphs it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from lxml import etree

from ..bodies import MAX_DEPTH
from .handing import ANCHOR
from .roles import Paragraph
from .xml import Element

PLACE = "place"

_KEPT_LINK = re.compile(r"https?://|mailto:", re.IGNORECASE)
_PARSER = etree.XMLParser(huge_tree=True)  # of what we made ourselves


def folded(html: str, paragraphs: Sequence[Paragraph]) -> Element:
    """html: as handing.html_of gives it; paragraphs: by the places that its anchors name."""
    root = etree.fromstring(f"<body>{html}</body>", _PARSER)
    _place_notes(root)
    for paragraph in list(root.iter("p")):
        _take_place(paragraph, paragraphs)
    _clear_links(root)
    for container in [root, *root.iter("td", "th")]:
        _nest_items(container, paragraphs)
    return root


def _place_notes(root: Element) -> None:
    """mammoth writes all notes at the end, with links to them and back."""
    notes = {}
    for listed in root.findall("ol"):
        for item in listed:
            lines = [line for line in map(inner_html, _without_way_back(item)) if line.strip()]
            note = etree.fromstring(f"<small>{'<br/>'.join(lines)}</small>", _PARSER)
            notes[f"#{item.get('id')}"] = note
        root.remove(listed)
    for link in list(root.iter("a")):
        note = notes.pop(link.get("href", ""), None)
        if note is not None:
            mark = link.getparent()  # a <sup>
            note.tail = mark.tail
            mark.getparent().replace(mark, note)


def _without_way_back(item: Element) -> list[Element]:
    for link in [one for one in item.iter("a") if "-ref-" in one.get("href", "")]:
        link.getparent().remove(link)
    return list(item.iter("p"))


def inner_html(element: Element) -> str:
    inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return escape(element.text or "") + inner


def _take_place(paragraph: Element, paragraphs: Sequence[Paragraph]) -> None:
    """Puts the label where it is printed, if it is neither a clause's number nor counted."""
    anchor = paragraph[0]
    place = int(anchor.get("id")[len(ANCHOR) :])
    paragraph.set(PLACE, str(place))
    it = paragraphs[place]
    label = it.look.label
    if label and label.text and it.role != "clause" and not _is_counted(it):
        anchor.tail = f"{label.text} {anchor.tail or ''}"
    _drop(anchor)


def _drop(anchor: Element) -> None:
    paragraph = anchor.getparent()
    paragraph.text = (paragraph.text or "") + (anchor.tail or "")
    paragraph.remove(anchor)


def _clear_links(root: Element) -> None:
    for link in root.iter("a"):
        address = (link.get("href") or "").partition('"')[0]  # in a field, the link's tip follows
        link.attrib.clear()
        if _KEPT_LINK.match(address):
            link.set("href", address)
        else:
            link.tag = "plain"
    etree.strip_tags(root, "plain")


def _is_counted(paragraph: Paragraph) -> bool:
    """Whether a list's own counting prints the label."""
    label = paragraph.look.label
    return paragraph.role == "item" and bool(label and label.text.rstrip(".)") == str(label.number))


@dataclass
class _OpenList:
    """level: of its items in Word. next: what it counts for its next item; a bullet list: 0."""

    element: Element
    level: int
    next: int


def _nest_items(container: Element, paragraphs: Sequence[Paragraph]) -> None:
    lists: list[_OpenList] = []  # each within the one before
    for child in list(container):
        it = paragraphs[int(child.get(PLACE))] if child.tag == "p" else None
        if it is None or it.role != "item":
            lists = []
            continue
        _open_list(lists, it, child)
        item = etree.SubElement(lists[-1].element, "li", child.attrib)
        item.text = child.text
        item.extend(list(child))
        container.remove(child)
        lists[-1].next += lists[-1].element.tag == "ol"


def _open_list(lists: list[_OpenList], it: Paragraph, paragraph: Element) -> None:
    """Sees to it that the last of the lists is the one that takes the paragraph."""
    label = it.look.label
    level = label.level if label else 0
    while len(lists) > 1 and level < lists[-1].level:
        lists.pop()
    new = _OpenList(etree.Element("ul"), level, 0)
    if label and _is_counted(it):
        new = _OpenList(etree.Element("ol", start=str(label.number)), level, label.number)
    if not lists:
        paragraph.addprevious(new.element)
    elif level > lists[-1].level and len(lists) < MAX_DEPTH:
        lists[-1].element[-1].append(new.element)
    elif (lists[-1].element.tag, lists[-1].next) == (new.element.tag, new.next):
        return
    else:
        lists.pop().element.addnext(new.element)
    lists.append(new)
