"""Makes a document's body one of plain paragraphs and tables, and says what it met.

What is not running text is taken out and, if it has words, put where they are
kept: pictures become their descriptions, text boxes paragraphs after the one
that they hang on, and hidden words, contents lists and page headers *asides*.
Comments are counted only: they are talk about the text.
"""

import re
from collections.abc import Iterator

from lxml import etree
from mammoth.docx.dingbats import dingbats

from .package import Link, Part
from .sightings import sight
from .styles import Styles, style_name
from .xml import Element, child, found, is_on, name, number, remove, text_of, unwrap, value

ASIDE = "aside"  # attribute of a paragraph that is no part of the text

DESCRIPTION = "description"  # attribute of words that stand for a picture

_WRAPPERS = (
    "w:fldSimple", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent", "w:dir", "w:bdo",
    "w:ruby", "w:rubyBase",
)  # fmt: skip
_NO_TEXT = (
    "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:rubyPr", "w:rt", "w:fldData",
    "w:softHyphen", "w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd",
)  # fmt: skip
_SPELLED_OTHERWISE = {"w:cr": "w:br", "w:ptab": "w:tab"}


def simplify(part: Part, styles: Styles) -> None:
    """Changes the part's tree."""
    root = part.root
    _choose_alternatives(root)
    _count(root, "comments", "w:commentReference")
    _count(root, "embedded_documents", "w:altChunk", "w:subDoc")
    for element in found(root, *_NO_TEXT):
        remove(element)
    _free_text_boxes(root)
    _describe_pictures(root)
    for wrapper in found(root, *_WRAPPERS):
        unwrap(wrapper)
    for short in ("w:p", "w:r"):
        _flatten(root, short)
    for link in found(root, "w:hyperlink"):
        if not _leads_out(link, part.links):
            unwrap(link)
    _spell_plainly(root)
    _print_boxes(root)
    for run in found(root, "w:r"):
        _settle_looks(run, styles)
    _set_hidden_apart(root, styles)
    for paragraph in found(root, "w:p"):
        if style_name(styles.paragraph(paragraph)).startswith("toc "):
            paragraph.set(ASIDE, "contents_list")


def has_words(root: Element) -> bool:
    """Whether there are any but those that describe pictures."""
    return any(
        words.get(DESCRIPTION) is None and (words.text or "").strip()
        for words in root.iter(name("w:t"))
    )


def _has(element: Element, *short: str) -> bool:
    return next(element.iter(*map(name, short)), None) is not None


def _flatten(root: Element, short: str) -> None:
    """Paragraphs do not nest, nor do runs; those that do are one with the outermost."""
    for element in found(root, short):
        if next(element.iterancestors(name(short)), None) is not None:
            properties = child(element, f"{short}Pr")
            if properties is not None:
                remove(properties)
            unwrap(element)


def _choose_alternatives(root: Element) -> None:
    """Keeps one of the ways to show a thing: the newest if that has words."""
    for alternatives in found(root, "mc:AlternateContent"):
        choice, fallback = child(alternatives, "mc:Choice"), child(alternatives, "mc:Fallback")
        is_choice = choice is not None and (fallback is None or _has(choice, "w:t"))
        dropped = fallback if is_choice else choice
        if dropped is not None:
            remove(dropped)
        for kept in list(alternatives):
            unwrap(kept)
        unwrap(alternatives)


def _count(root: Element, code: str, *short: str) -> None:
    for element in found(root, *short):
        sight(element, code)
        remove(element)


def _free_text_boxes(root: Element) -> None:
    for box in found(root, "w:txbxContent"):
        paragraph = next(box.iterancestors(name("w:p")), None)
        if paragraph is None or not _has(box, "w:t"):
            continue
        sight(paragraph[0], "text_boxes")
        for block in reversed(list(box)):
            paragraph.addnext(block)


def _describe_pictures(root: Element) -> None:
    for picture in found(root, "w:drawing", "w:pict", "w:object"):
        words = " ".join(dict.fromkeys(_descriptions(picture)))
        if words or _has(picture, "a:blip", "v:imagedata"):
            sight(picture, "images")
        if words:
            described = etree.Element(name("w:t"), {DESCRIPTION: "1"})
            described.text = words
            picture.addprevious(described)
        remove(picture)


def _descriptions(picture: Element) -> Iterator[str]:
    for shown in picture.iter(name("wp:docPr"), name("v:shape"), name("v:imagedata")):
        words = shown.get("descr") or shown.get("alt") or shown.get(name("o:title")) or ""
        yield from [words.strip()] if words.strip() else []


def _leads_out(link: Element, links: dict[str, Link]) -> bool:
    target = links.get(value(link, "r:id") or "")
    return target is not None and target.is_external


def _spell_plainly(root: Element) -> None:
    for short, plain in _SPELLED_OTHERWISE.items():
        for element in found(root, short):
            element.tag = name(plain)
    for hyphen in found(root, "w:noBreakHyphen"):
        hyphen.tag, hyphen.text = name("w:t"), "\N{NON-BREAKING HYPHEN}"
    for symbol in found(root, "w:sym"):
        character = _symbol(value(symbol, "w:font") or "", value(symbol, "w:char") or "")
        if not character:
            sight(symbol, "unknown_symbols")
        symbol.tag, symbol.text = name("w:t"), character or "\N{REPLACEMENT CHARACTER}"
    for formula in found(root, "m:oMathPara", "m:oMath"):
        run = etree.Element(name("w:r"))
        etree.SubElement(run, name("w:t")).text = text_of(formula)
        formula.addprevious(run)
        remove(formula)
    for span in found(root, "w:gridSpan"):
        if (number(span) or 0) < 1:
            remove(span)


def _print_boxes(root: Element) -> None:
    for box in found(root, "w:checkBox"):  # the mark that it prints is stored nowhere
        checked = child(box, "w:checked")
        is_checked = is_on(child(box, "w:default") if checked is None else checked)
        run = next(box.iterancestors(name("w:r")), None)
        if run is not None:
            etree.SubElement(run, name("w:t")).text = "☒" if is_checked else "☐"


def _symbol(font: str, code: str) -> str:
    """The character of a symbol font as Unicode has it; empty where nobody knows."""
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return ""
    plain = int(code, 16) & 0xFF if code.upper().startswith("F0") else int(code, 16)
    character: int | None = dingbats.get((font, plain))
    return chr(character) if character else ""


def _settle_looks(run: Element, styles: Styles) -> None:
    """Writes bold and italic on the run that only a character style makes so."""
    if is_on(child(run, "w:rPr", "w:strike")) or is_on(child(run, "w:rPr", "w:dstrike")):
        sight(run, "struck_text")
    properties = child(run, "w:rPr")
    style = value(child(properties, "w:rStyle"))
    if properties is None or style is None:
        return
    for short in ("w:b", "w:i"):
        switches = (is_on(child(one, "w:rPr", short)) for one in styles.chain(style))
        if child(properties, short) is None and next((on for on in switches if on is not None), 0):
            etree.SubElement(properties, name(short))


def _set_hidden_apart(root: Element, styles: Styles) -> None:
    """Moves hidden words to a paragraph of their own, which is an aside.

    A paragraph that is hidden with its mark has no place in the text, nor a number.
    """
    for paragraph in found(root, "w:p"):
        chain = styles.paragraph(paragraph)
        runs = [run for run in paragraph.iter(name("w:r")) if text_of(run)]
        hidden = [run for run in runs if styles.switch(run, "w:vanish", chain)]
        if not hidden:
            continue
        sight(hidden[0], "hidden_text")
        if len(hidden) == len(runs) and _mark_is_hidden(paragraph):
            paragraph.set(ASIDE, "hidden_text")
            continue
        aside = etree.Element(name("w:p"), {ASIDE: "hidden_text"})
        paragraph.addnext(aside)
        aside.extend(hidden)


def _mark_is_hidden(paragraph: Element) -> bool:
    mark = child(paragraph, "w:pPr", "w:rPr")
    return bool(is_on(child(mark, "w:vanish"))) and not is_on(child(mark, "w:specVanish"))
