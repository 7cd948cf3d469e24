"""Walks a page once and gives its blocks.

Text and what is left out are written apart, so that a button inside a list does
not tear it; their lines are counted together, in the order of the page.
"""

from collections.abc import Collection

from ..outline import Finding
from .blocks import PageBlocks
from .furniture import is_hidden, is_struck
from .shapes import layout_tables
from .tree import Node, events
from .writing import Writer

MAX_NAME = 200  # characters of a picture's name; its address may hold all of its data


def page_blocks(root: Node, main: Node, left_out: Collection[Node], address: str) -> PageBlocks:
    """The blocks of a page whose text stands in main, without the nodes left out.

    address: the page's, for its links; may be empty. Raises TooManyLines or NotText.
    """
    source: list[str] = []
    layout = layout_tables(root)
    text = Writer(source, is_text=True, layout=layout, address=address)
    rest = Writer(source, is_text=False, layout=layout, address=address)
    writer = rest
    interruption, first = main, 0  # what is left out amid the text, and its first line
    findings: list[Finding] = []
    for event, what in events(root):
        if isinstance(what, str):
            writer.write(what)
        elif event == "open":
            if what is main:
                rest.finish()
                writer = text
            elif writer is text and what in left_out:
                text.pause(what)
                writer, interruption, first = rest, what, len(source) + 1
            writer.open(what)
        else:
            writer.close(what)
            if what is main:
                text.finish()
                writer = rest
            elif what is interruption:
                rest.finish()
                writer = text
                if (code := _code(what)) and len(source) >= first:
                    findings.append(Finding(code, (first, len(source))))
    blocks = sorted([*text.blocks, *rest.blocks], key=lambda block: block.lines)
    return PageBlocks(
        tuple(blocks),
        tuple(source),
        bool(text.pictures) and not text.has_prose,
        (*findings, *_pictures(text, len(source))),
    )


def _code(node: Node) -> str:
    """What to report about a node that was left out amid the text."""
    if is_struck(node):
        return "tracked_changes"
    return "hidden_text" if is_hidden(node) else ""


def _pictures(text: Writer, last: int) -> list[Finding]:
    """One for each picture that is not mere decoration, which has an empty description."""
    return [
        Finding("images", (min(line, last),) * 2, name[:MAX_NAME])
        for line, name in text.pictures
        if name
    ]
