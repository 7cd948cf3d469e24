"""What kinds of elements there are, and what an element says about itself."""

import re

from .tree import Node

LISTS = {"ul", "ol", "dl"}
PARTS = {*LISTS, "li", "dt", "dd", "table", "tr", "td", "th"}  # what lists and tables consist of

_BLOCKS = PARTS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "details",
    "dialog", "div", "document", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "main", "menu", "nav",
    "noscript", "optgroup", "option", "p", "pre", "search", "section", "summary", "tbody",
    "tfoot", "thead", "title",
}  # fmt: skip
_SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)")
_HEADING_TAG = re.compile(r"h[1-6]")
_HEADING_CLASS = re.compile(r"\bMso(?:Heading([1-6])|Title)\b")  # what Word pastes


def is_block(node: Node) -> bool:
    """Whether text before, in and after it stands on lines of its own."""
    return node.tag in _BLOCKS or (
        "style" in node.attributes and _SHOWN_AS_BLOCK.search(node.get("style")) is not None
    )


def heading_rank(node: Node) -> int:
    """1 for the highest, 0 for no heading."""
    if _HEADING_TAG.fullmatch(node.tag):
        return int(node.tag[1])
    if node.get("role") == "heading":
        level = node.get("aria-level")
        return int(level) if re.fullmatch("[1-9]", level) else 2  # what the standard assumes
    word = _HEADING_CLASS.search(node.get("class"))
    return int(word[1] or 1) if word else 0
