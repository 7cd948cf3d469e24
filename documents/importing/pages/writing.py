"""Writes the blocks of a page from its elements, as they open and close."""

import re
from collections import Counter
from collections.abc import Callable, Collection
from functools import partial

from ..decoding import MAX_LINES
from ..errors import TooManyLines
from ..headings import numbered_opening
from ..outline import MAX_HEADING
from .blocks import Block, Marked
from .elements import LISTS, PARTS, heading_rank, is_block
from .marked import marked_clause
from .marks import Marks, marks_within
from .numbering import Count, count_of, first_count, printed
from .paragraph import Paragraph
from .shapes import is_list_of_sections
from .spelling import part_tags
from .tree import Node

_EMPTY_LINES = re.compile(r"\n\s*\n")


class Writer:
    """Every opened block leaves on a stack what is to be done when it closes."""

    def __init__(
        self, source: list[str], *, is_text: bool, layout: Collection[Node], address: str
    ) -> None:
        """source: the page's lines, to which this adds those it finishes. layout: the tables that
        are none. address: the page's, for its links.
        """
        self.blocks: list[Block] = []
        self.pictures: list[tuple[int, str]] = []  # each one's line, and what it is called
        self.has_prose = False
        self._source = source
        self._is_text = is_text
        self._layout = layout
        self._address = address
        self._paragraph = Paragraph()
        self._marks: list[Marks] = [()]
        self._closing: list[Callable[[], None]] = []
        self._rank = self._quotations = self._preformatted = 0
        self._counts: list[Count] = []
        self._clause: Marked | None = None  # the one of ours that stands open
        self._label = ""  # what the list prints before the item that has just opened
        self._parts = 0  # how many parts of lists and tables stand open
        self._pieces: list[str] = []
        self._rows: list[tuple[int, str]] = []

    def open(self, node: Node) -> None:
        self._marks.append(marks_within(node, self._marks[-1], self._address))
        if node.tag == "br":
            self._break_line()
        elif node.tag == "img":
            self._show_picture(node)
        elif is_block(node):
            self._end_line()
            self._clause = marked_clause(node) or self._clause
            self._closing.append(self._open_block(node))

    def close(self, node: Node) -> None:
        if is_block(node):
            self._end_line()
            self._closing.pop()()
            self._clause = None if marked_clause(node) else self._clause
        self._marks.pop()

    def write(self, text: str) -> None:
        self.has_prose = self.has_prose or not (self._rank or text.isspace())
        if not self._preformatted:
            self._paragraph.add(text, self._marks[-1])
            return
        for at, part in enumerate(_EMPTY_LINES.split(text)):
            if at:
                self._end_line()
            self._paragraph.add(part, self._marks[-1], keeps_lines=True)

    def pause(self, node: Node) -> None:
        """Says that the node, which is left out, comes between two pieces of text."""
        if is_block(node):
            self._end_line()

    def finish(self) -> None:
        """Ends what is being written, as where text and what is left out meet."""
        self._end_line()
        if self._rows:
            first, last = self._rows[0][0], self._rows[-1][0]
            text = "\n".join(text for _, text in self._rows)
            html = "".join(self._pieces)
            self.blocks.append(
                Block(
                    0,
                    "",
                    html,
                    text,
                    (first, last),
                    self._is_text,
                    is_compound=True,
                    clause=self._clause,
                )
            )
        self._pieces, self._rows = [], []

    def _open_block(self, node: Node) -> Callable[[], None]:
        if node.tag == "li" and self._counts:
            self._count_item(node)
        if node.tag in PARTS and (self._parts or self._is_compound(node)):
            return self._open_part(node)
        if node.tag in LISTS:
            self._counts.append(first_count(node))
            return self._close_list
        self._quotations += node.tag == "blockquote"
        self._preformatted += node.tag == "pre"
        is_heading = not self._parts and not self._quotations
        around, self._rank = self._rank, (is_heading and heading_rank(node)) or self._rank
        return partial(self._close_block, node, around)

    def _close_block(self, node: Node, rank: int) -> None:
        self._quotations -= node.tag == "blockquote"
        self._preformatted -= node.tag == "pre"
        self._rank = rank

    def _is_compound(self, node: Node) -> bool:
        if node.tag == "table":
            return node not in self._layout
        return node.tag in LISTS and not is_list_of_sections(node)

    def _open_part(self, node: Node) -> Callable[[], None]:
        if node.tag in LISTS:
            self._counts.append(first_count(node))
        start, end = part_tags(node)
        self._pieces.append(start)
        self._parts += 1
        return partial(self._close_part, node, end)

    def _close_part(self, node: Node, end: str) -> None:
        if node.tag in LISTS:
            self._close_list()
        self._pieces.append(end)
        self._parts -= 1
        if not self._parts:
            self.finish()

    def _count_item(self, item: Node) -> None:
        """The label of an item that canonical lists cannot print, or that opens a section."""
        kind, number = count_of(item, self._counts[-1])
        self._label = printed((kind, number)) if kind != "1" or not self._parts else ""
        self._counts[-1] = kind, number + 1

    def _close_list(self) -> None:
        self._counts.pop()
        self._label = ""

    def _show_picture(self, node: Node) -> None:
        """A picture is told by its description; without one, by its address."""
        name = node.attributes.get("alt", node.get("src"))
        self.pictures.append((len(self._source) + 1, name))
        self._paragraph.add(f" {node.get('alt')} ", self._marks[-1])

    def _break_line(self) -> None:
        """A break ends a line that is a heading by its looks, and two end a paragraph, as people
        mean them to who know no other way.
        """
        is_loose = not (self._parts or self._rank)
        if is_loose and (self._paragraph.ends_with_break or self._looks_like_heading()):
            self._end_line()
        else:
            self._paragraph.add_break()

    def _looks_like_heading(self) -> bool:
        if self._paragraph.is_bold or self._paragraph.breaks:
            return self._paragraph.is_bold
        opening = numbered_opening(self._paragraph.text(len(self._source) + 1), Counter())
        return opening is not None and opening.heading != "" and not opening.rest

    def _end_line(self) -> None:
        line = len(self._source) + 1
        paragraph, self._paragraph = self._paragraph, Paragraph()
        text = paragraph.text(line)
        if not text:
            return
        if line > MAX_LINES:
            raise TooManyLines(count=line, limit=MAX_LINES)
        self._source.append(text)
        label, self._label = self._label, ""
        if self._parts:
            self._pieces.append(paragraph.html(f"{label}. " if label else ""))
            self._rows.append((line, text))
            return
        rank = self._rank if len(text) <= MAX_HEADING else 0
        number = label if rank else ""
        self.blocks.append(
            Block(
                rank,
                number,
                paragraph.html(),
                text,
                (line, line),
                self._is_text,
                paragraph.is_bold,
                clause=self._clause,
            )
        )
