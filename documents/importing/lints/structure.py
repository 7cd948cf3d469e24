"""Numbers, references and repetition."""

import re
from collections.abc import Iterator

from documents.comparison.references import Reference, references

from ..copies import repeats_in
from ..outline import OutlineClause
from .sheet import Mark, Sheet

_ELSEWHERE = re.compile(
    r"(?:\s*\([\w.]{1,4}\))*(?:,?\s(?:and|or|to|et|und|bis)\s\d[\d.]*)?,?\s"
    r"(?:(?:of|in|under|des?|du|der)\s(?!this\b|these\b|the\sabove|the\spresent|cette\b)"
    r"|(?:[\w.]+\s)?(?:GDPR|DSGVO|RGPD|BDSG|TMG|TTDSG|Act|Code|Directive|Regulation)\b)"
)
_LAW_AFTER = re.compile(r"\b(?:GDPR|DSGVO|RGPD|Regulation|Directive|Code)\b")
_LAW_BEFORE = re.compile(
    r"(?:\bU\.?S\.?C\.?|\bC\.?F\.?R\.?|Code|Act|Law|Regulation|Directive),?\s$"
)


_NEAR = 60  # characters around a reference that may name a law


def number_gap(sheet: Sheet) -> Iterator[Mark]:
    """A printed number that does not follow the one before it on its level."""
    for clause, before in _numbered(sheet):
        now, last = _place(clause.number), _place(before.number) if before else 0
        if now > last + 1 and (before or "." not in clause.number):
            yield (clause.lines[0], clause.lines[0]), _missing(clause.number, last + 1, now - 1)


def number_duplicate(sheet: Sheet) -> Iterator[Mark]:
    seen: set[tuple[int, str]] = set()
    for parent, clause in _with_parents(sheet):
        if clause.number and (parent, clause.number) in seen:
            yield (clause.lines[0], clause.lines[0]), clause.number
        seen.add((parent, clause.number))


def dangling_reference(sheet: Sheet) -> Iterator[Mark]:
    """A reference to a number that no clause has; what points into a law does not count."""
    printed = {
        part for clause in sheet.outline.clauses for part in _with_prefixes(clause.number) if part
    }
    for passage in sheet.bodies():
        for reference in references(passage.text):
            if _is_dangling(reference, printed) and not _is_elsewhere(passage.text, reference):
                yield passage.lines, reference.words


def repeated_text(sheet: Sheet) -> Iterator[Mark]:
    for (first, last), later in repeats_in(sheet.lines):
        yield later, f"{first}–{last}"


def _with_parents(sheet: Sheet) -> Iterator[tuple[int, OutlineClause]]:
    """Each clause with the index of the one that it stands within; -1 for none."""
    above: list[tuple[int, int]] = []  # level and index
    for index, clause in enumerate(sheet.outline.clauses):
        while above and above[-1][0] >= clause.level:
            above.pop()
        yield above[-1][1] if above else -1, clause
        above.append((clause.level, index))


def _numbered(sheet: Sheet) -> Iterator[tuple[OutlineClause, OutlineClause | None]]:
    """Each clause with a number that can be counted, and its neighbour before, if it has one."""
    last: dict[tuple[int, str], OutlineClause] = {}
    for parent, clause in _with_parents(sheet):
        if _place(clause.number):
            key = parent, clause.number.rpartition(".")[0]
            yield clause, last.get(key)
            last[key] = clause


def _place(number: str) -> int:
    """Which in its row; letters count from A, Roman numbers and none are 0."""
    own = number.rpartition(".")[2]
    if own.isdecimal():
        return int(own)
    return ord(own) - ord("A") + 1 if len(own) == 1 and own.isascii() else 0


def _missing(number: str, first: int, last: int) -> str:
    above, dot, own = number.rpartition(".")
    ends = [
        above + dot + (str(n) if own.isdecimal() else chr(ord("A") + n - 1)) for n in (first, last)
    ]
    return "–".join(dict.fromkeys(ends))


def _with_prefixes(number: str) -> Iterator[str]:
    parts = number.split(".")
    return (".".join(parts[:size]) for size in range(1, len(parts) + 1))


def _is_dangling(reference: Reference, printed: set[str]) -> bool:
    number = reference.number
    return number not in printed and (number[0].isdecimal() or number.isupper())


def _is_elsewhere(text: str, reference: Reference) -> bool:
    start = reference.end - len(reference.words)
    before, after = text[max(0, start - _NEAR) : start], text[reference.end : reference.end + _NEAR]
    return bool(_LAW_BEFORE.search(before) or _ELSEWHERE.match(after) or _LAW_AFTER.search(after))
