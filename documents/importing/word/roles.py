"""Decides what each paragraph is: title, clause, list item, text, or no part of the text.

A paragraph opens a clause if
1. it is a heading by its outline level or style; or
2. it is numbered, short and wholly bold or in capitals; or
3. its number is of a *list of clauses*, which prints numbers such as "1.1" or
   also numbers headings, and is decimal or on the list's outermost level: of
   "1.", "1.1", "(a)" the last is a list item; or
4. a number is typed before it, and the document has typed numbers such as "1.1".
Where that finds nothing, "1." opens a clause too, counted or typed, and where
there is none either, a short bold line does. In tables nothing does.

A clause so opened has a heading if the paragraph is as short as one: "1.1 The
Customer shall pay." has a number and no heading. Its level is that of the
heading style or of the list.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from ..headings import is_heading, numbered_opening
from ..lines import Line
from ..numbers import split_heading_number, split_number
from ..outline import MAX_HEADING
from ..titles import split_title
from .numbering import Label

MAX_NUMBER = 40  # characters; a longer label is text
MAX_WORDS = 16  # of a numbered heading
MAX_WORDS_ENDED = 9  # of a heading with a full stop
MAX_ABOVE_TITLE = 3  # paragraphs among which a title without a style is looked for

Role = Literal["title", "organisation", "clause", "item", "text", "aside"]

_DEEP = re.compile(r"\d\.\d")
_DECIMAL = {"decimal", "decimalZero"}
_NO_NUMBER = {"bullet", "none"}


@dataclass(frozen=True)
class Look:
    """What Word knows of a paragraph. line: None for one without words.

    rank: of a heading, from 1. words: without its label and notes. is_strong: all bold or all
    capitals. style: its style's name.
    """

    line: int | None
    words: str
    label: Label | None
    rank: int | None
    style: str
    is_strong: bool
    is_in_table: bool
    is_aside: bool


@dataclass(frozen=True)
class Paragraph:
    """What a paragraph is in the outline. number, heading and rank: of a clause.

    rank: counted from 1, with gaps. typed: the characters of its words that are its number,
    without spaces.
    """

    look: Look
    role: Role
    number: str = ""
    heading: str = ""
    rank: int = 1
    typed: int = 0


def roles(looks: Sequence[Look]) -> list[Paragraph]:
    """One for each look."""
    clauses, is_typed = _lists_of_clauses(looks), any(map(_has_deep_typed_number, looks))
    found = [_paragraph(look, clauses, is_typed) for look in looks]
    for opens in (_opens_with_any_number, _opens_by_looks):
        if any(one.role == "clause" for one in found):
            break
        found = [_clause(one.look) if opens(one) else one for one in found]
    return _with_title(found)


def _lists_of_clauses(looks: Iterable[Look]) -> set[str]:
    return {
        look.label.definition
        for look in looks
        if look.label
        and not look.is_in_table
        and (look.rank or (_DEEP.search(look.label.text) and look.label.format in _DECIMAL))
    }


def _has_deep_typed_number(look: Look) -> bool:
    return _is_plain(look, with_number=True) and "." in split_number(look.words)[0]


def _paragraph(look: Look, clauses: set[str], is_typed: bool) -> Paragraph:
    if look.line is None or look.is_aside:
        return Paragraph(look, "aside" if look.is_aside else "text")
    if look.is_in_table:
        return Paragraph(look, "item" if look.label and look.label.format == "bullet" else "text")
    if look.style == "title":
        return Paragraph(look, "title")
    if _is_clause(look, clauses, is_typed):
        return _clause(look)
    is_item = look.label and (look.label.text or look.label.format == "bullet")
    return Paragraph(look, "item" if is_item else "text")


def _is_clause(look: Look, clauses: set[str], is_typed: bool) -> bool:
    if look.rank:
        return len(look.words) <= MAX_HEADING or bool(look.label)
    label = look.label
    if label is None:
        return is_typed and split_number(look.words)[0] != ""
    if label.format in _NO_NUMBER or not 0 < len(label.text) <= MAX_NUMBER:
        return False
    is_outer = label.format in _DECIMAL or label.level == 0
    return (label.definition in clauses and is_outer) or (look.is_strong and _is_short(look))


def _clause(look: Look) -> Paragraph:
    label = look.label.text if look.label else ""
    split = split_heading_number if look.rank else split_number
    number, rest = (_without_mark(label), look.words) if label else split(look.words)
    depth = look.label.level + 1 if look.label else number.count(".") + 1
    is_heading = _is_short(replace(look, words=rest)) if number else look.rank or look.is_strong
    if len(number) > MAX_NUMBER:
        number, rest = "", f"{label} {look.words}"
    typed = len("".join(look.words.removesuffix(rest).split()))
    heading = rest if is_heading and len(rest) <= MAX_HEADING else ""
    return Paragraph(look, "clause", number, heading, look.rank or depth, typed)


def _is_short(look: Look) -> bool:
    """Whether a numbered paragraph is no longer than a heading."""
    words = len(look.words.split())
    if (look.rank or look.is_strong) and words <= MAX_WORDS_ENDED:
        return True
    opening = numbered_opening(f"1. {look.words}", Counter())
    return bool(opening and opening.heading and not opening.rest)


def _without_mark(label: str) -> str:
    """ "2.1" of "2.1." and "1" of "1)"; "(a)" and "Article 1" stay as they are."""
    return label if "(" in label else label.rstrip(".:) -–—")


def _opens_with_any_number(paragraph: Paragraph) -> bool:
    look = paragraph.look
    if paragraph.role == "item" and look.label:
        return look.label.level == 0 and look.label.format in _DECIMAL
    return paragraph.role == "text" and not look.is_in_table and bool(split_number(look.words)[0])


def _opens_by_looks(paragraph: Paragraph) -> bool:
    look = paragraph.look
    return paragraph.role == "text" and _is_strong_line(look)


def _is_strong_line(look: Look) -> bool:
    return not look.is_in_table and not look.label and look.is_strong and is_heading(look.words)


def _with_title(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """One title: the first paragraph of that style; else the only first-level heading, if no
    clause and no number stands before it; else what is the title of a plain text."""
    titles = [at for at, one in enumerate(paragraphs) if one.role == "title"]
    titles = titles or _only_top_heading(paragraphs)
    named: dict[int, Role] = dict.fromkeys(titles, "text")
    named |= {titles[0]: "title"} if titles else _title_on_top(paragraphs)
    return [
        replace(one, role=named.get(at, one.role), number="", heading="") if at in named else one
        for at, one in enumerate(paragraphs)
    ]


def _only_top_heading(paragraphs: list[Paragraph]) -> list[int]:
    clauses = [at for at, one in enumerate(paragraphs) if one.role == "clause"]
    tops = [at for at in clauses if paragraphs[at].look.rank == 1]
    is_first = len(tops) == 1 and tops == clauses[:1] and len(clauses) > 1
    return tops if is_first and not paragraphs[tops[0]].number else []


def _title_on_top(paragraphs: list[Paragraph]) -> dict[int, Role]:
    """The paragraphs of title and publisher, found as in a plain text."""
    shown = [at for at, one in enumerate(paragraphs) if one.look.line and one.role != "aside"]
    top = list(takewhile(lambda at: _is_plain(paragraphs[at].look), shown[:MAX_ABOVE_TITLE]))
    if not top or not is_heading(paragraphs[top[0]].look.words):
        return {}
    found = split_title([Line(at, at, 0, 0, "", paragraphs[at].look.words) for at in top])
    named: tuple[Role, Role] = ("organisation", "title")
    return {
        at: role
        for role in named
        if role in found.origins
        for at in range(found.origins[role][0], found.origins[role][1] + 1)
        if at in top
    }


def _is_plain(look: Look, with_number: bool = False) -> bool:
    """Whether Word knows nothing of a paragraph that tells it from running text.

    with_number: whether it may have one that was typed.
    """
    is_numbered = look.label or not (with_number or split_number(look.words)[0] == "")
    return not (is_numbered or look.rank or look.is_in_table or look.is_aside)
