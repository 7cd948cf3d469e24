"""Finds the title of a plain text and the publisher's name above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from .headings import is_heading
from .lines import Line
from .outline import MAX_HEADING, LineRange

MAX_LINES_ABOVE = 2
MAX_WORDS_GLUED = 6

_KINDS = {
    "policy", "policies", "terms", "conditions", "notice", "statement", "agreement", "contract",
    "charter", "rules", "code", "guidelines", "addendum", "disclaimer", "politique", "charte",
    "mentions", "règlement", "contrat", "avis", "datenschutzerklärung", "nutzungsbedingungen",
    "geschäftsbedingungen", "agb", "vertrag", "richtlinie", "política", "términos",
    "condiciones", "aviso", "contrato", "informativa", "privacybeleid", "voorwaarden",
}  # fmt: skip
_NOT_FIRST = {"this", "the", "our", "these", "your", "any", "if"}


@dataclass(frozen=True)
class Top:
    """What stands at the top; what is not there is "".

    rest: the lines after it. origins: the lines of "title" and "organisation".
    """

    title: str
    organisation: str
    rest: Sequence[Line]
    origins: Mapping[str, LineRange]


def split_title(lines: Sequence[Line]) -> Top:
    """The title is the line at the top that names a kind of document, else the
    first one, if it reads like a heading; what stands above is the publisher.
    """
    top = list(takewhile(_reads_like_title, lines[: MAX_LINES_ABOVE + 1]))
    if not top:
        return _split_glued_title(lines)
    at = next((at for at, line in enumerate(top) if _names_a_kind(line.text.split())), 0)
    origins = {"title": (top[at].first, top[at].last)}
    if at:
        origins["organisation"] = (top[0].first, top[at - 1].last)
    organisation = " ".join(line.text for line in top[:at])
    return Top(top[at].text, organisation, lines[at + 1 :], origins)


def _reads_like_title(line: Line) -> bool:
    return not line.is_item and is_heading(line.text)


def _split_glued_title(lines: Sequence[Line]) -> Top:
    """Splits "Privacy Policy collects little": the name between the two was deleted."""
    words = lines[0].text.split() if lines else []
    run = list(takewhile(_is_capitalised, words[: MAX_WORDS_GLUED + 1]))
    after = words[len(run) :]
    is_glued = 2 <= len(run) <= MAX_WORDS_GLUED and after and after[0][0].islower()
    is_title = _names_a_kind(run[-1:]) and run[0].casefold() not in _NOT_FIRST
    if not is_glued or not is_title or len(" ".join(run)) > MAX_HEADING:
        return Top("", "", lines, {})
    rest = [replace(lines[0], text=" ".join(after)), *lines[1:]]
    return Top(" ".join(run), "", rest, {"title": (lines[0].first, lines[0].last)})


def _names_a_kind(words: Sequence[str]) -> bool:
    return any(word.casefold() in _KINDS for word in words)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper()
