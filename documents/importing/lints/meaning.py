"""What a policy should say and does not, and what it says that is no longer so."""

import re
from collections.abc import Iterator

from ..languages import language_of
from .sheet import Mark, Sheet, searched

MIN_WORDS = 8  # of a passage in another language

_CONTACT = re.compile(
    r"(?<=\w)@[\w-]+\.\w|\b(?:phone|tel|téléphone|telefon|fax)\b[^\d]{0,10}\+?\d", re.I
)
_WRITE_TO = re.compile(r"\b(?:contact|write to|questions?|kontakt|contacter)\b", re.I)
_WEB = re.compile(r"https?://|www\.|\b\d{5}\b")
_AUTHORITY = re.compile(r"\b(?:CNIL|ICO|supervisory|authority|commission)\b", re.I)

_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
_CHANGE = re.compile(r"\b(?:chang|updat|modif|amend|revis)\w*", re.I)
_POLICY = re.compile(r"\b(?:polic(?:y|ies)|terms|charter|statement|agreement|conditions)\b", re.I)
_CHANNELS = {
    "post": re.compile(r"\bpost(?:ed|ing)?\b|\bon (?:this|our|the) (?:web)?(?:page|site)\b", re.I),
    "message": re.compile(r"\be-?mail\w*|\b(?:send|sending|mail|message)\b", re.I),
}

_STALE_LAW = re.compile(
    r"Privacy[- ]Shield|Safe[- ]Harbou?r (?:Principles|Framework|Agreement)|\b95/46(?:/EC|/CE|/EG)?"
    r"|Data Protection Act 1998|declared to the CNIL|déclaré\w* (?:à|auprès de) la CNIL",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\[(?!(?:sic|dot|…|\.\.\.)\])[^\[\]]{3,60}\](?!\()|\{\{[^{}]{1,60}\}\}|\{%[^{}]{1,60}%\}"
    r"|<[A-Za-z][^<>]{1,60}>|\bX{3,}\b|\bTBD\b|\bTODO\b|\blorem ipsum\b|_{4,}|\.{6,}"
)


def missing_effective_date(sheet: Sheet) -> Iterator[Mark]:
    """Neither the day from which it holds nor that of its last change is stated."""
    if not sheet.outline.metadata.keys() & {"amended_on", "effective_on"}:
        yield sheet.top, ""


def missing_contact(sheet: Sheet) -> Iterator[Mark]:
    """No mail address and no telephone, and no address beside a word like "contact".

    An authority's does not count: it is not the publisher's.
    """
    is_there = any(
        _reaches_somebody(passage.text) and not _AUTHORITY.search(passage.text)
        for passage in sheet.bodies()
    )
    if not is_there and not any('"mailto:' in clause.body for clause in sheet.outline.clauses):
        yield sheet.top, ""


def conflicting_promises(sheet: Sheet) -> Iterator[Mark]:
    """One passage announces changes of the policy by a post alone, another by a message alone."""
    marks: dict[str, list[Mark]] = {"post": [], "message": []}
    for passage in sheet.bodies():
        channels = _channels(passage.text)
        if len(channels) == 1:
            ((channel, words),) = channels.items()
            marks[channel].append((passage.lines, words))
    if marks["post"] and marks["message"]:
        yield from marks["post"] + marks["message"]


def stale_law(sheet: Sheet) -> Iterator[Mark]:
    """Law and frameworks that are no longer in force."""
    yield from searched(sheet, _STALE_LAW)


def placeholder(sheet: Sheet) -> Iterator[Mark]:
    yield from searched(sheet, _PLACEHOLDER)


def mixed_language(sheet: Sheet) -> Iterator[Mark]:
    """Passages in another language than the text's, and what was left out for that reason."""
    texts = [(passage.text, passage.lines) for passage in sheet.bodies()]
    texts += [(residue.text, residue.lines) for residue in sheet.outline.residue]
    for text, lines in texts:
        words = text.split()
        if len(words) >= MIN_WORDS and language_of(words) not in {"", sheet.language}:
            yield lines, " ".join(words[:MIN_WORDS])


def _reaches_somebody(text: str) -> bool:
    return bool(_CONTACT.search(text) or (_WRITE_TO.search(text) and _WEB.search(text)))


def _channels(text: str) -> dict[str, str]:
    """The channels by which the text's sentences on changes of the policy announce them."""
    if not _CHANGE.search(text) or not _POLICY.search(text):
        return {}
    return {
        name: found[0]
        for sentence in _SENTENCE_END.split(text)
        if _CHANGE.search(sentence) and _POLICY.search(sentence)
        for name, words in _CHANNELS.items()
        if (found := words.search(sentence))
    }
