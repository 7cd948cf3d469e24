"""Finds the element that holds the policy's text.

A page that marks its main part is believed, if that part holds most of the
text. Otherwise the search goes down as long as one child holds nearly all of
it and leaves neither headings nor paragraphs behind. Scoring by class names,
as readers' modes do, was rejected: it loses paragraphs, and a lost paragraph
is worse than a footer too many.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .furniture import MOST
from .tree import Node, events, nodes

NEARLY_ALL = 0.9  # of the running words

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}  # the first rank may stand apart: it is the title
_PARTS = {"table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl", "p", "pre", "blockquote"}
_PASSAGES = {"p", "section", "article"}  # what says so is text, however short
_NEVER_ALL = {*_HEADINGS, "h1", "a"}


@dataclass
class _Content:
    """What a node holds. words: those outside links, for lists of links say nothing."""

    words: int = 0
    headings: int = 0

    def add(self, other: "_Content") -> None:
        self.words += other.words
        self.headings += other.headings


def main_text(root: Node, left_out: Collection[Node]) -> Node:
    """The smallest node that holds the text; left_out: nodes that are none."""
    contents = _contents(root, left_out)
    for node in _marked(root, contents):
        if contents[node].words > MOST * contents[root].words:
            return node
    return _smallest(root, contents)


def _marked(root: Node, contents: dict[Node, _Content]) -> Iterator[Node]:
    """What the page calls its main part; several articles are parts of the text, or other texts."""
    yield from (node for node in nodes(root) if node.tag == "main" or node.get("role") == "main")
    articles = [node for node in nodes(root) if node.tag == "article" and contents[node].words]
    yield from articles if len(articles) == 1 else []


def _smallest(root: Node, contents: dict[Node, _Content]) -> Node:
    node = smallest = root
    while child := _heir(node, contents, NEARLY_ALL * contents[root].words):
        node = child
        smallest = smallest if node.tag in _PARTS else node
    return smallest


def _heir(node: Node, contents: dict[Node, _Content], least: float) -> Node | None:
    """The child that holds at least so many words, if nothing of weight stands beside it."""
    inner = [child for child in node.children if isinstance(child, Node)]
    heir = max(inner, key=lambda child: contents[child].words, default=None)
    if heir is None or contents[heir].words <= least or heir.tag in _NEVER_ALL:
        return None
    has_more = contents[heir].headings < contents[node].headings or any(
        child is not heir and _is_paragraph(child, contents) for child in node.children
    )
    return None if has_more else heir


def _is_paragraph(child: Node | str, contents: dict[Node, _Content]) -> bool:
    if isinstance(child, str):
        return child.strip() != ""
    return child.tag in _PASSAGES and contents[child].words > 0


def _contents(root: Node, left_out: Collection[Node]) -> dict[Node, _Content]:
    found: dict[Node, _Content] = {}
    path = [_Content()]
    links = hidden = 0
    for event, what in events(root):
        if isinstance(what, str):
            path[-1].words += 0 if links or hidden else len(what.split())
            continue
        step = 1 if event == "open" else -1
        links += step * (what.tag == "a")
        hidden += step * (what in left_out)
        if event == "open":
            path.append(_Content(headings=what.tag in _HEADINGS and not hidden))
        else:
            found[what] = path.pop()
            path[-1].add(found[what])
    return found
