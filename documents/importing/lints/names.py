"""Where the publisher's name was deleted.

Many texts were copied from a page that put the name in by itself, or were made
anonymous: what is left is a verb or a preposition that hangs in the air, and a
heading that runs into the text. Each rule was read off a real policy.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ..passages import Passage
from .sheet import Mark, Sheet, start_of

_VERB = (
    r"(?:is|has|was|will|does|may|can|shall|must|no longer|collects|uses|shares|stores"
    r"|processes|keeps|sells|discloses|protects|retains|provides|treats|commits"
    r"|relies|reserves|undertakes|guarantees|resorts|decides|implements|informs|offers|ensures)"
)
_ASKED = (
    r"(?:collect|use|share|store|process|keep|sell|disclose|protect|hold|retain|provide"
    r"|respond|handle|treat)"
)
_RIGHT = (
    r"(?:prompt |personal )?"
    r"(?:data|confirmation|rectification|erasure|restriction|access|deletion)\b(?! controller)"
)
_EMPTY_NAME = re.compile(
    "|".join(
        [
            rf"(?i:\bdoes {_ASKED} (?!not\b)\w+)",  # How does … use my data
            rf"(?<!\w)[^\W\d_]{{3,}}[.!?][\"”]? {_VERB} \w+",  # safe. … commits to it
            r"(?<!\w)[^\W\d_]{4,}(?<!Corp)\., an? \w+",  # the GDPR. …, a company
            r"[:;] (?:is|was|has|does|no longer) \w+",  # one applies: … is verifying
            r"(?i:(?<!, )\b(?:otherwise|therefore|however|furthermore|moreover|in such a case))"
            rf", {_VERB} \w+",
            r"(?:^|(?<=[.!?] ))(?:In|When|For|As|During|If) [^,.;:]{1,200}"
            rf", {_VERB} (?!be\b)\w+",
            rf"(?i:in the event that {_VERB}\b)",
            rf"(?:obtain|receive|request) from (?:the )?{_RIGHT}",
            r"\bfrom (?:to|has|will)\b",
            r"\b(?:of|with|from|by) (?:These|In|If|When)\b",
            r"\bof who (?:need|have|has|are) ",
            r"\b(?:data|information) has about (?:me|you)\b",
            r"(?<!\S)\S{1,40} (?:by|of)(?:;|$)",
            r"(?i:\benables? to\b)",
        ]
    )
)


def empty_name(sheet: Sheet) -> Iterator[Mark]:
    """A verb or a preposition without the name that belongs to it."""
    glued = set(_glued(sheet))
    for passage in sheet.passages:
        found = [one[0].strip() for one in _EMPTY_NAME.finditer(passage.text)]
        if passage in glued and passage.text[:1].islower():
            found.insert(0, start_of(passage))
        if found:
            yield passage.lines, ", ".join(found)


def glued_heading(sheet: Sheet) -> Iterator[Mark]:
    """A heading or the title, and the text beneath it, on one line."""
    for passage in _glued(sheet):
        line = passage.lines[0]
        yield (line, line), start_of(passage)


def _glued(sheet: Sheet) -> Iterator[Passage]:
    """The passages that begin on the line of their heading or of the title."""
    title = sheet.outline.origins.get("title")
    first = next(iter(sheet.passages), None)
    if title and first and first.lines[0] == title[1]:
        yield first
    for passage, after in pairwise(sheet.passages):
        is_under = passage.kind == "heading" and passage.clause == after.clause
        if is_under and passage.lines[1] == after.lines[0]:
            yield after
