"""The headings, paragraphs, items and table rows of an outline, each with its lines in the file.

A clause knows where it begins and ends; what stands on which of its lines is
found by its words, in order. The readers need not keep book of it, and a word that
a reader lost is noticed, because its line then belongs to no passage.
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import accumulate, chain

from .in_common import matches
from .outline import LineRange, Outline, OutlineClause

WORD = re.compile(r"[^\W_]+")

LINK_TARGET = re.compile(r"\]\((?:[^()]|\([^()]*\))*\)")  # of Markdown; no reader sees its words

_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_ENDS_BLOCK = {"p", "li", "ul", "ol", "table", "tr"}


@dataclass(frozen=True)
class Passage:
    """kind: "heading", "text", "item" or "table". clause: the index of its clause.

    text: plain, on one line, without an item's mark. opens: whether it begins an item.
    lines: where its words stand.
    """

    kind: str
    text: str
    clause: int
    lines: LineRange
    opens: bool = False


@dataclass(frozen=True)
class Passages:
    """All passages in reading order.

    by_line: for each line with words of a passage, the first of them. words: how many words of
    each line were found in passages.
    """

    all: tuple[Passage, ...]
    by_line: Mapping[int, Passage]
    words: Mapping[int, int]


@dataclass(frozen=True)
class _Block:
    kind: str
    text: str
    opens: bool = False


def passages_of(outline: Outline) -> Passages:
    """Linear in the file's length."""
    apart = _lines_apart(outline)
    found: list[Passage] = []
    by_line: dict[int, Passage] = {}
    words: Counter[int] = Counter()
    for index, clause in enumerate(outline.clauses):
        lines = [line for line in lines_of(clause.lines) if line not in apart]
        for passage, own_lines in _placed(index, clause, outline, lines):
            found.append(passage)
            words.update(own_lines)
            for line in own_lines:
                by_line.setdefault(line, passage)
    return Passages(tuple(found), by_line, words)


def lines_of(lines: LineRange) -> range:
    return range(lines[0], lines[1] + 1)


def _lines_apart(outline: Outline) -> set[int]:
    """The lines that may stand between those of a clause and are none of it.

    A title on the first line of a clause has a sentence glued to it.
    """
    title = outline.origins.get("title")
    ranges = [residue.lines for residue in outline.residue]
    if title and all(clause.lines[0] != title[0] for clause in outline.clauses):
        ranges.append(title)
    return {line for lines in ranges for line in lines_of(lines)}


def _placed(
    index: int, clause: OutlineClause, outline: Outline, lines: list[int]
) -> Iterator[tuple[Passage, list[int]]]:
    """Each passage with the line of each word of it that was found."""
    blocks = list(_blocks(clause))
    words = [WORD.findall(block.text) for block in blocks]
    is_literal = any("](" in block.text for block in blocks)
    printed = [
        (word, line)
        for line in lines
        if line <= len(outline.source)
        for word in _words(outline.source[line - 1], is_literal)
    ]
    line_of_word = _lines_of_words(printed, list(chain(*words)))
    starts = [0, *accumulate(map(len, words))]
    before = clause.lines[0]
    for block, start, count in zip(blocks, starts, map(len, words), strict=False):
        own = [line_of_word[at] for at in range(start, start + count) if at in line_of_word]
        span = (own[0], own[-1]) if own else (before, before)
        before = span[1]
        yield Passage(block.kind, block.text, index, span, block.opens), own


def _lines_of_words(printed: Sequence[tuple[str, int]], words: Sequence[str]) -> dict[int, int]:
    """Place of a word in the clause → its line; in order, and what is out of order by itself.

    printed: the words on the lines of the clause, each with its line.
    """
    pairs = list(matches([word for word, _ in printed], words))
    found = {at: printed[printed_at][1] for printed_at, at in pairs}
    in_order = {printed_at for printed_at, _ in pairs}
    left: defaultdict[str, deque[int]] = defaultdict(deque)
    for printed_at, (word, line) in enumerate(printed):
        if printed_at not in in_order:
            left[word].append(line)
    for at, word in enumerate(words):
        if at not in found and left[word]:
            found[at] = left[word].popleft()
    return found


def _words(line: str, is_literal: bool) -> list[str]:
    return WORD.findall(line if is_literal else LINK_TARGET.sub("]", line))


def _blocks(clause: OutlineClause) -> Iterator[_Block]:
    heading = f"{clause.number} {clause.heading}".strip()
    if heading:
        yield _Block("heading", heading)
    yield from _body_blocks(clause.body)


def _body_blocks(body: str) -> Iterator[_Block]:
    """The blocks of a canonical body; a table's row is one."""
    items = tables = at = 0
    opens, text = False, ""
    for tag in _TAG.finditer(body):
        text += unescape(body[at : tag.start()])
        at = tag.end()
        name, is_end = tag[2], bool(tag[1])
        if name not in _ENDS_BLOCK or (tables and name != "tr" and name != "table"):
            text += " " if name in {"br", "td", "th", "p", "li", "small"} else ""
            continue
        if text.strip():
            yield _Block("table" if tables else "item" if items else "text", text.strip(), opens)
            opens = False
        text = ""
        step = -1 if is_end else 1
        items += step * (name == "li")
        tables += step * (name == "table")
        opens = (opens or name == "li") and not is_end
