"""Tracked changes: the text as it was before them, or as it is once all are accepted.

A paragraph's mark holds its properties and ends it. Where the mark is taken
away, the paragraph goes on with what the next one says, and has that one's properties.
"""

from lxml import etree

from .sightings import sight, sight_at_end
from .xml import Element, child, found, name, remove, unwrap

CODE = "tracked_changes"

_NEW = ("w:ins", "w:moveTo")
_OLD = ("w:del", "w:moveFrom")
_RANGES = ("w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd")
_FORMATS = ("w:rPrChange", "w:pPrChange")
_FORMATS_OF_TABLES = (
    "w:tblPrChange", "w:trPrChange", "w:tcPrChange", "w:tblGridChange", "w:tblPrExChange",
    "w:sectPrChange", "w:numberingChange", "w:cellMerge",
)  # fmt: skip
_WORDS = {"w:delText": "w:t", "w:delInstrText": "w:instrText"}


def resolve_changes(root: Element, *, accept: bool) -> None:
    """Leaves nothing tracked in the tree, but a sighting for each change."""
    gone, kept = (_OLD, _NEW) if accept else (_NEW, _OLD)
    _resolve_formats(root, accept)
    _drop_rows_and_cells(root, accept, gone)
    _join_paragraphs(root, gone)
    for change in found(root, *gone):
        sight(change, CODE)
        remove(change)
    for change in found(root, *kept):
        sight(change, CODE)
        if _is_property(change):
            remove(change)
        else:
            unwrap(change)
    for old, new in _WORDS.items():
        for words in found(root, old):
            words.tag = name(new)
    for mark in found(root, *_RANGES):
        remove(mark)


def _is_property(change: Element) -> bool:
    """Whether it says of a mark, row or cell that it is new or old, and holds no words."""
    parent = change.getparent()
    return parent is not None and parent.tag in {name("w:rPr"), name("w:trPr"), name("w:tcPr")}


def _resolve_formats(root: Element, accept: bool) -> None:
    for change in found(root, *_FORMATS):
        properties = change.getparent()
        owner = None if properties is None else properties.getparent()
        if properties is None or owner is None:
            continue
        sight(owner if owner.tag == name("w:r") else properties, CODE)
        remove(change)
        if not accept:
            _restore(properties, change)
    for change in found(root, *_FORMATS_OF_TABLES):
        remove(change)


def _restore(properties: Element, change: Element) -> None:
    """The old properties in place of the new, but for a paragraph's mark and section."""
    apart = {name("w:rPr"), name("w:sectPr")}
    for one in list(properties):
        if properties.tag != name("w:pPr") or one.tag not in apart:
            properties.remove(one)
    for old in change:
        properties.extend(list(old))


def _drop_rows_and_cells(root: Element, accept: bool, gone: tuple[str, ...]) -> None:
    for row in found(root, "w:tr"):
        if any(child(row, "w:trPr", short) is not None for short in gone):
            sight(row, CODE)
            remove(row)
    for cell in found(root, "w:tc"):
        if child(cell, "w:tcPr", "w:cellDel" if accept else "w:cellIns") is not None:
            sight(cell, CODE)
            remove(cell)
    for table in found(root, "w:tbl"):
        if child(table, "w:tr") is None:  # tables hold rows, so no words can be left in it
            for mark in list(table.iter("sighting")):
                table.addprevious(mark)
            remove(table)


def _join_paragraphs(root: Element, gone: tuple[str, ...]) -> None:
    for paragraph in found(root, "w:p"):
        following = paragraph if paragraph.getparent() is not None else None
        while following is not None and _has_mark(paragraph, gone):
            following = _next_paragraph(paragraph)
            if following is not None:
                _append(paragraph, following)
                remove(following)


def _has_mark(paragraph: Element, gone: tuple[str, ...]) -> bool:
    mark = child(paragraph, "w:pPr", "w:rPr")
    return any(child(mark, short) is not None for short in gone)


def _next_paragraph(paragraph: Element) -> Element | None:
    following = paragraph.getnext()
    while following is not None and following.tag not in {name("w:p"), name("w:tbl")}:
        following = following.getnext()
    return following if following is not None and following.tag == name("w:p") else None


def _append(paragraph: Element, following: Element) -> None:
    """The words of the next paragraph, under its properties; linear, however many are joined."""
    old, new = child(paragraph, "w:pPr"), child(following, "w:pPr")
    if old is not None:
        remove(old)
    paragraph.insert(0, etree.Element(name("w:pPr")) if new is None else new)
    sight_at_end(paragraph, CODE)
    paragraph.extend(list(following))
