"""Defined terms: used without a definition, or defined twice. English."""

import re
from collections.abc import Iterator

from documents.markup import links

from ..passages import Passage
from .sheet import Mark, Sheet

_OPEN, _CLOSE = '[“"«„]', '[”"»“]'
_QUOTED = re.compile(rf"{_OPEN}(?:[Tt]he )?(?P<term>[A-Z][^“”\"«»„]{{1,50}}?)[.,]?{_CLOSE}")
_MEANS = re.compile(r"(?P<term>[A-Z][\w-]*(?: [\w-]+){0,4}) (?:means|shall mean|refers to) ")
_SAYS_AFTER = re.compile(r"\s(?:shall mean|means?|refers?|represents?|is defined)\b")
_SAYS_BEFORE = re.compile(r"(?:\bas|\bcall(?:ed)?|\bsay|\bterm)(?: the| an?)?\s$")
_LINKED = re.compile(r"\[([^\[\]]{1,200})\]\(")  # in Markdown, wherever it leads
_ELSEWHERE = re.compile(r"\bcapitali[sz]ed terms\b", re.IGNORECASE)
_BEFORE = 80  # characters in which a bracket may stand open

_NOUN = (
    r"(?:Terms(?: of (?:Service|Use)| and Conditions)?|Conditions|Guidelines|Polic(?:y|ies)"
    r"|Agreement|Contract|Addendum|Charter|Services?|Accounts?|Content|Users?|Site|Websites?|Platform|Products?"
    r"|Customers?|Subscriptions?|Orders?|Data|Information|Documents?|Materials?|Fees?|Software)"
)
_USED = re.compile(
    r"(?:(?<=\s)|^)[a-z(][\w’'-]*[,;)]* "  # inside a sentence, after a word of small letters
    rf"(?P<term>(?:[A-Z][a-z]+ ){{0,5}}{_NOUN})\b(?! [A-Z]|[”\"»])"
)
_SHORT = re.compile(r"\b(?P<term>TOS|ToS|EULA|DPA|SLA|AUP|NDA)\b")


def undefined_term(sheet: Sheet) -> Iterator[Mark]:
    """A capitalised legal noun that is nowhere put in quotation marks, explained or linked.

    None is missed where the text says that another one defines its capitalised terms.
    """
    if any(_ELSEWHERE.search(passage.text) for passage in sheet.bodies()):
        return
    known = {_key(term) for term in _known(sheet)}
    for passage in sheet.bodies():
        for form in (_USED, _SHORT):
            for found in form.finditer(passage.text):
                term = found["term"]
                keys = {_key(tail) for tail in _tails(term)}
                if not keys & known:
                    known.add(_key(term))
                    yield passage.lines, term


def term_defined_twice(sheet: Sheet) -> Iterator[Mark]:
    first: dict[str, Passage] = {}
    for passage in sheet.bodies():
        for term in _definitions(passage.text):
            if first.setdefault(_key(term), passage) is not passage:
                yield passage.lines, term


def _known(sheet: Sheet) -> Iterator[str]:
    yield sheet.outline.title
    yield from _tails(sheet.outline.title)
    for passage in sheet.bodies():
        yield from (found["term"] for found in _QUOTED.finditer(passage.text))
        yield from _definitions(passage.text)
    yield from (words for line in sheet.lines for words in _LINKED.findall(line))
    for clause in sheet.outline.clauses:
        yield clause.heading
        yield from (words for words, _ in links(clause.body)) if "<a " in clause.body else ()


def _definitions(text: str) -> Iterator[str]:
    said = _MEANS.match(text)
    if said:
        yield said["term"]
    for found in _QUOTED.finditer(text):
        if _defines(text, found):
            yield found["term"]


def _defines(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    in_brackets = before.rfind("(") > before.rfind(")")
    says_so = _SAYS_AFTER.match(text, found.end()) or _SAYS_BEFORE.search(before)
    return in_brackets or bool(says_so)


def _tails(term: str) -> list[str]:
    """The term with fewer and fewer words in front, as far as it stays one: never "Service" alone
    for "Terms of Service"."""
    head, of, rest = term.partition(" of ")
    words = head.split()
    return [" ".join(words[at:]) + of + rest for at in range(len(words))]


def _key(term: str) -> str:
    return " ".join(term.casefold().rstrip("s").split())
