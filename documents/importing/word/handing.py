"""Hands mammoth an archive of our own making, and takes the HTML.

Each paragraph carries a bookmark that counts it, which comes out as an anchor:
so what has been found out about it is not lost on the way. The archive holds
nothing but words, bold and italic, tables, links and notes; mammoth never sees
the file that was sent.
"""

from io import BytesIO
from itertools import groupby
from zipfile import ZipFile

import mammoth
from lxml import etree

from .package import Link, Part
from .xml import Element, found, name, remove, require_modest, value

ANCHOR = "p"  # and the paragraph's place, as in "p12"
MAX_ELEMENTS = 80_000  # mammoth takes some 15 µs for each, and more where styles inherit

_LOOKS = {name("w:b"), name("w:i")}
_PLAIN = {name("w:rPr"), name("w:t"), name("w:tab"), name("w:br")}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def html_of(parts: dict[str, Part]) -> str:
    """The HTML of a document, as mammoth writes it without any style map.

    parts: "document", and "footnotes" and "endnotes" if there are any. Raises
    NestedTooDeep and UnpacksTooLarge.
    """
    for part in parts.values():
        _strip(part.root)
        require_modest(part.root, MAX_ELEMENTS)
    archive = BytesIO()
    with ZipFile(archive, "w") as file:
        for part_name, part in parts.items():
            file.writestr(f"word/{part_name}.xml", etree.tostring(part.root))
            file.writestr(f"word/_rels/{part_name}.xml.rels", _relations(part.links))
    html: str = mammoth.convert_to_html(
        archive, style_map="", include_default_style_map=False, include_embedded_style_map=False
    ).value
    return html


def mark(paragraph: Element, place: int) -> None:
    bookmark = etree.Element(name("w:bookmarkStart"), {name("w:name"): f"{ANCHOR}{place}"})
    paragraph.insert(0, bookmark)


def _strip(root: Element) -> None:
    """Takes off what only matters for looks."""
    etree.strip_elements(root, name("w:pPr"), name("w:tblPr"), name("w:sectPr"), with_tail=False)
    for properties in found(root, "w:rPr"):
        for one in list(properties):
            if one.tag not in _LOOKS:
                properties.remove(one)
        if not len(properties):
            remove(properties)
    for element in root.iter(name("w:p"), name("w:r")):
        element.attrib.clear()
    for holder in found(root, "w:p", "w:hyperlink"):
        for looks, group in groupby(list(holder), _plain_looks):
            if looks is not None:
                _join(list(group))


def _plain_looks(run: Element) -> tuple[str, ...] | None:
    """What tells a run of mere words from its neighbours; None for anything else."""
    if run.tag != name("w:r") or not all(one.tag in _PLAIN for one in run):
        return None
    return tuple(f"{look.tag} {value(look)}" for look in run.iterfind(f"{name('w:rPr')}/*"))


def _join(runs: list[Element]) -> None:
    """One run out of neighbours that look alike: Word divides words for reasons of its own."""
    first, *others = runs
    for other in others:
        first.extend([one for one in other if one.tag != name("w:rPr")])
        remove(other)
    for is_words, group in groupby(list(first), lambda one: one.tag == name("w:t")):
        if is_words:
            kept, *joined = group
            kept.text = "".join(one.text or "" for one in (kept, *joined))
            for one in joined:
                remove(one)


def _relations(links: dict[str, Link]) -> bytes:
    root = etree.Element(f"{{{_RELATIONS}}}Relationships")
    for key, link in links.items():
        if link.is_external:
            given = {"Id": key, "Type": _HYPERLINK, "Target": link.target, "TargetMode": "External"}
            etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", given)
    data: bytes = etree.tostring(root)
    return data
