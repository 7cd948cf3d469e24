"""Gathers what Word knows of each paragraph: its line, its label, its looks."""

from collections.abc import Iterator

from ..decoding import one_line
from .notes import text_with_notes
from .numbering import NO_LIST, Label, Numbering
from .roles import MAX_WORDS, Look
from .simplifying import ASIDE
from .styles import Styles, heading_rank, style_name
from .xml import Element, child, found, name, number, text_of, value

MIN_CAPITALS = 5  # letters; fewer are an abbreviation


def looks(
    body: Element, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], str]
) -> Iterator[tuple[Look, str]]:
    """For each paragraph in order, how it looks and its line as a person reads it."""
    line = 0
    for paragraph in found(body, "w:p"):
        chain = styles.paragraph(paragraph)
        is_aside = paragraph.get(ASIDE) is not None
        label = None if is_aside else _label(paragraph, chain, numbering)
        words = one_line(text_of(paragraph))
        text = one_line(text_with_notes(paragraph, notes))
        line += bool(text)
        look = Look(
            line=line if text else None,
            words=words,
            label=label,
            rank=heading_rank(paragraph, chain),
            style=style_name(chain),
            is_strong=_is_strong(paragraph, words, styles, chain),
            is_in_table=next(paragraph.iterancestors(name("w:tc")), None) is not None,
            is_aside=is_aside,
        )
        yield look, f"{label.text} {text}".strip() if label and text else text


def _label(paragraph: Element, chain: list[Element], numbering: Numbering) -> Label | None:
    own = child(paragraph, "w:pPr", "w:numPr")
    given = [own, *(child(style, "w:pPr", "w:numPr") for style in chain)]
    lists = [value(child(one, "w:numId")) for one in given]
    chosen = next((one for one in lists if one is not None), NO_LIST)
    level = number(child(own, "w:ilvl"))
    if level is None:
        level = _level_by_style(chosen, chain, numbering)
    if level is None:
        levels = (number(child(one, "w:ilvl")) for one in given)
        level = next((at for at in levels if at is not None), 0)
    return numbering.label(chosen, level)


def _level_by_style(chosen: str, chain: list[Element], numbering: Numbering) -> int | None:
    styles = (value(style, "w:styleId") or "" for style in chain)
    levels = (numbering.level_of_style(chosen, style) for style in styles)
    return next((level for level in levels if level is not None), None)


def _is_strong(paragraph: Element, words: str, styles: Styles, chain: list[Element]) -> bool:
    if not words or len(words.split(maxsplit=MAX_WORDS)) > MAX_WORDS:
        return False
    if words.isupper() and len(words) >= MIN_CAPITALS:
        return True
    runs = [run for run in paragraph.iter(name("w:r")) if text_of(run)]
    return all(any(styles.switch(run, on, chain) for on in ("w:b", "w:caps")) for run in runs)
