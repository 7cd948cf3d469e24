"""Markup to a tree of plain nodes; what no reader is ever shown is left out.

libxml2 parses: quick, no network, and no entities from outside. Its own tree
was rejected beyond this file: text that hangs on the element before it makes
every walk harder to read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from ..errors import PageTooComplex

MAX_TAGS = 60_000

_NOT_TEXT = {
    "script", "style", "template", "svg", "canvas", "iframe", "audio", "video", "noembed",
    "noframes", "datalist",
}  # fmt: skip


@dataclass(eq=False)
class Node:
    """An element. children: nodes and text, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


Event = tuple[Literal["open", "close"], Node] | tuple[Literal["text"], str]


def parsed(markup: str) -> Node:
    """The root of the markup's tree, whatever the markup.

    Raises PageTooComplex above MAX_TAGS, or where the parser would give up on what lies deeper.
    """
    if markup.count("<") > MAX_TAGS:
        raise PageTooComplex(limit=MAX_TAGS)
    # Comments and instructions must not come between two pieces of one text.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    # As bytes, since the parser refuses text that declares an encoding of its own.
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    if any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log):
        raise PageTooComplex(limit=MAX_TAGS)
    return Node("document") if root is None else _tree(root)


def events(root: Node) -> Iterator[Event]:
    """The tree in reading order, without recursion: a page may nest as deep as it likes."""
    yield "open", root
    path = [(root, iter(root.children))]
    while path:
        child = next(path[-1][1], None)
        if child is None:
            yield "close", path.pop()[0]
        elif isinstance(child, str):
            yield "text", child
        else:
            yield "open", child
            path.append((child, iter(child.children)))


def nodes(root: Node) -> Iterator[Node]:
    """Every node, in reading order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))


def text_of(root: Node) -> str:
    return "".join(what for _, what in events(root) if isinstance(what, str))


def sums(root: Node, weigh: Callable[[Node | str], int]) -> dict[Node, int]:
    """For every node, what it and all that it holds weigh together."""
    found: dict[Node, int] = {}
    for node in reversed(list(nodes(root))):
        inner = (found[one] if isinstance(one, Node) else weigh(one) for one in node.children)
        found[node] = weigh(node) + sum(inner)
    return found


def _tree(root: etree._Element) -> Node:
    path: list[Node] = [Node("document")]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_shown = isinstance(element.tag, str) and element.tag not in _NOT_TEXT
        if event == "start":
            if is_shown:
                node = Node(element.tag, dict(element.items()))
                path[-1].children.append(node)
                path.append(node)
                _add_text(node, element.text)
            else:
                walk.skip_subtree()
        else:
            if is_shown:
                path.pop()
            _add_text(path[-1], element.tail)
    return path[0]


def _add_text(node: Node, text: str | None) -> None:
    if text and node.tag == "title":  # told about the page, not shown in it
        node.attributes["content"] = text
    elif text:
        node.children.append(text)
