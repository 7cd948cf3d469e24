"""Tells the parts of a page that are no text: menus, banners, what is hidden or struck out.

By element, role and style; by class or id only where the name can hardly be
that of a section, as "cookies" can.
"""

import re
from collections.abc import Iterator

from .tree import Node, events, nodes, sums

MIN_LINKS = 3  # of a table of contents
MOST = 0.5  # of the words of a page; what holds so many is its text, unless it is surely none

_ELEMENTS = {
    "nav", "footer", "aside", "button", "dialog", "select", "textarea", "noscript", "search",
    "menu",
}  # fmt: skip
_ROLES = {
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog",
    "menu", "menubar", "toolbar", "tablist", "button",
}  # fmt: skip
_NAMES = {"nav", "navbar", "navigation", "breadcrumb", "breadcrumbs", "sidebar", "footer", "topbar"}
_CONSENT_NAMES = {"cookie", "cookies", "consent", "gdpr", "cmp", "onetrust"}
_SECTIONS = {"main", "article", "section"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_STRUCK = re.compile(r"text-decoration[^:;]{0,20}:[^;]{0,40}\bline-through\b")
_WORD = re.compile(r"[a-z]+")


def left_out_of(root: Node, *, is_whole_page: bool) -> set[Node]:
    """The nodes that are no text; of a fragment only what is hidden or struck out."""
    words = sums(root, _count_words)
    doubtful = _doubtful(root) if is_whole_page else filter(is_hidden, nodes(root))
    found = {node for node in doubtful if words[node] < MOST * words[root]}
    found.update(filter(is_struck, nodes(root)))
    if is_whole_page:
        found.update(_contents(root, words), filter(_is_furniture, nodes(root)))
    return found


def is_hidden(node: Node) -> bool:
    is_marked = "hidden" in node.attributes or node.get("aria-hidden").lower() == "true"
    return is_marked or _HIDDEN.search(node.get("style").lower()) is not None


def is_struck(node: Node) -> bool:
    is_marked = node.tag in {"del", "s", "strike"}
    return is_marked or _STRUCK.search(node.get("style").lower()) is not None


def _count_words(what: Node | str) -> int:
    return len(what.split()) if isinstance(what, str) else 0


def _is_furniture(node: Node) -> bool:
    return node.tag in _ELEMENTS or node.get("role") in _ROLES


def _doubtful(root: Node) -> Iterator[Node]:
    """What may be furniture, or wrap the whole page."""
    buttons = sums(root, _count_buttons)
    sections = 0
    for event, node in events(root):
        if not isinstance(node, Node):
            continue
        if event == "open":
            is_banner = node.tag == "header" and not sections
            asks = buttons[node] and not _CONSENT_NAMES.isdisjoint(_names(node))
            is_named = not _NAMES.isdisjoint(_names(node))
            if is_banner or asks or is_named or node.tag == "form" or is_hidden(node):
                yield node
        if _is_section(node):
            sections += 1 if event == "open" else -1


def _contents(root: Node, words: dict[Node, int]) -> set[Node]:
    """Lists of nothing but links to parts of the same page."""
    links = sums(root, _leads_within)
    linked = sums(
        root, lambda what: words[what] if isinstance(what, Node) and _leads_within(what) else 0
    )
    return {
        node
        for node in nodes(root)
        if node.tag in {"ul", "ol"} and links[node] >= MIN_LINKS and linked[node] == words[node]
    }


def _leads_within(what: Node | str) -> bool:
    return isinstance(what, Node) and what.tag == "a" and what.get("href").startswith("#")


def _is_section(node: Node) -> bool:
    return node.tag in _SECTIONS or node.get("role") == "main"


def _count_buttons(what: Node | str) -> int:
    if isinstance(what, str):
        return 0
    return what.tag in {"button", "input"} or what.get("role") == "button"


def _names(node: Node) -> set[str]:
    """The first and last word of each class and of the id: "site" and "footer"."""
    found: set[str] = set()
    for name in f"{node.get('class')} {node.get('id')}".lower().split():
        words = _WORD.findall(name)
        found.update(words[:1] + words[-1:])
    return found
