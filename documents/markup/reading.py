"""Builds blocks from well-formed HTML, whatever its elements.

A tree library was rejected: a stack is enough, and a body nested a hundred
thousand deep costs no recursion. The standard library's parser is quick on
well-formed HTML only; what people paste goes through nh3 first.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from html import escape
from html.parser import HTMLParser

from .runs import BREAK, SOFT_BREAK, tidy
from .vocabulary import (
    CONTAINERS,
    FLOW,
    INLINE,
    LISTS,
    MARKS,
    MAX_DEPTH,
    NUMBERS,
    PARENTS,
    Block,
    Run,
    mark_name,
)

Attributes = list[tuple[str, str | None]]

_SPACES = re.compile(r"[ \t\n\v\f\r]+")
_EDGE_SPACE = re.compile(r"(\A | \Z)")
_NO_CHARACTER = re.compile("[\0-\x08\x0e-\x1f\ufffe\uffff]")  # XML cannot hold them
_LINK_START = re.compile(r"https?://(?=.)|mailto:(?=.)|/(?![/\\])|#", re.IGNORECASE)


def read(html: str) -> list[Block]:
    """The blocks of a body, empty ones left out.

    html: well formed; elements that the grammar does not know end a paragraph.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    """Every opened tag leaves on a stack what is to be done when it closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [Block("body")]
        self._closing: list[tuple[str, Callable[[], None]]] = []
        self._marks: list[str] = []
        self._runs: list[Run] = []
        self._in_footnote = False

    def finished(self) -> list[Block]:
        while self._closing:
            self.handle_endtag(self._closing[-1][0])
        self._end_paragraph()
        return self._open[0].children

    def handle_data(self, data: str) -> None:
        innermost = {mark_name(mark): mark for mark in self._marks if mark}
        marks = tuple(sorted(innermost.values()))
        text = _SPACES.sub(" ", _NO_CHARACTER.sub("", data))
        self._runs.extend(Run(part, marks) for part in _EDGE_SPACE.split(text) if part)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "br":
            self._runs.append(Run(BREAK))
            return
        if tag == "small":
            closing = self._open_footnote()
        elif tag in INLINE:
            closing = self._open_mark(tag, attrs)
        else:
            self._end_paragraph()
            closing = self._open_container(tag, attrs)
        self._closing.append((tag, closing))

    def handle_endtag(self, tag: str) -> None:
        if self._closing and self._closing[-1][0] == tag:
            self._closing.pop()[1]()

    def _open_mark(self, tag: str, attrs: Attributes) -> Callable[[], None]:
        self._marks.append(_link(attrs) if tag == "a" else f"<{MARKS[tag]}>")
        return self._close_mark

    def _close_mark(self) -> None:
        self._marks.pop()

    def _open_footnote(self) -> Callable[[], None]:
        if self._in_footnote:
            return _do_nothing
        closing = partial(self._close_footnote, self._marks, self._runs)
        self._marks, self._runs, self._in_footnote = [], [], True
        return closing

    def _close_footnote(self, marks: list[str], runs: list[Run]) -> None:
        footnote = tidy(self._runs)
        self._marks, self._runs, self._in_footnote = marks, runs, False
        if footnote:
            self._runs.append(Run("", footnote=footnote))

    def _open_container(self, tag: str, attrs: Attributes) -> Callable[[], None]:
        if not self._may_open(tag):
            return self._end_paragraph
        self._open.append(Block(tag, _numbers(tag, attrs)))
        return self._close_container

    def _may_open(self, tag: str) -> bool:
        if tag not in CONTAINERS or self._in_footnote:
            return False
        if tag in PARENTS:
            return self._open[-1].tag in PARENTS[tag]
        around = [block.tag for block in self._open[1:] if block.tag not in PARENTS]
        return len(around) < MAX_DEPTH and not (tag == "table" and "table" in around)

    def _close_container(self) -> None:
        self._end_paragraph()
        self._place(self._open.pop())

    def _end_paragraph(self) -> None:
        """A footnote never ends its paragraph: it goes on in a new line."""
        if self._in_footnote:
            self._runs.append(Run(SOFT_BREAK))
            return
        self._place(Block("p", runs=tidy(self._runs)))
        self._runs = []

    def _place(self, block: Block) -> None:
        """Adds the block where the grammar allows one.

        What stands loose in a list belongs to the item before it; what stands
        loose in a table comes before the table, as browsers show it.
        """
        if block.is_empty:
            return
        allowed = PARENTS.get(block.tag, FLOW | LISTS)
        parent = next(one for one in reversed(self._open) if one.tag in allowed)
        if parent.tag in LISTS and block.tag != "li":
            if not parent.children:
                parent.children.append(Block("li"))
            parent = parent.children[-1]
        parent.children.append(block)


def _do_nothing() -> None:
    pass


def _link(attrs: Attributes) -> str:
    """The opening tag of a link that may be kept, else nothing."""
    href = re.sub(r"[\0-\x1f]", "", dict(attrs).get("href") or "").strip(" ")
    start = _LINK_START.match(href)
    if not start:
        return ""
    address = start[0].lower() + href[start.end() :].replace(" ", "%20")
    return f'<a href="{escape(unicodedata.normalize("NFC", address))}">'


def _numbers(tag: str, attrs: Attributes) -> dict[str, int]:
    """The attributes that count something, in alphabetical order; 1 goes without saying."""
    given = dict(attrs)
    numbers = {
        name: int(value)
        for name in sorted(NUMBERS.get(tag, ()))
        if re.fullmatch(r"-?[0-9]{1,4}", value := given.get(name) or "")
    }
    return {
        name: number
        for name, number in numbers.items()
        if number > 1 or (name == "start" and number < 1)
    }
