"""The plain text of a body: what is compared, searched and mailed."""

import unicodedata
from collections.abc import Iterator
from itertools import chain

from .reading import read
from .vocabulary import LISTS, Block, Run


def to_text(body: str) -> str:
    """The plain text of a canonical body: one line for each block, NFC.

    Items open with "• " or their number, two spaces deeper for each level; a
    break is a newline; cells are joined by " | "; a footnote is " [its text]".
    """
    lines = chain.from_iterable(map(_block_lines, read(body)))
    return unicodedata.normalize("NFC", "\n".join(lines))


def _block_lines(block: Block, indent: str = "") -> Iterator[str]:
    if block.tag == "table":
        for row in block.children:
            yield indent + " | ".join(" ".join(_cell_words(cell)) for cell in row.children)
    elif block.tag in LISTS:
        for number, item in enumerate(block.children, block.numbers.get("start", 1)):
            yield from _item_lines(item, f"{number}. " if block.tag == "ol" else "• ", indent)
    else:
        yield from (indent + line for line in _inline_text(block.runs).split("\n"))


def _item_lines(item: Block, mark: str, indent: str) -> Iterator[str]:
    first, *rest = _inline_text(item.bare_runs).split("\n")
    deeper = indent + "  "
    yield (indent + mark + first).rstrip(" ")
    yield from (deeper + line for line in rest)
    yield from chain.from_iterable(_block_lines(child, deeper) for child in item.further_children)


def _cell_words(cell: Block) -> Iterator[str]:
    for child in cell.children:
        yield from (line.strip(" ") for line in _block_lines(child))


def _inline_text(runs: tuple[Run, ...]) -> str:
    text = ""
    for run in runs:
        if run.footnote:
            gap = " " if text and text[-1] not in " \n" else ""
            text += f"{gap}[{_inline_text(run.footnote)}]"
        text += run.text
    return text
