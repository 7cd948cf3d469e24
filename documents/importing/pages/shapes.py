"""Lists and tables that are none: they only give the page its look, or number its sections."""

from .elements import heading_rank
from .tree import Node, events


def is_list_of_sections(node: Node) -> bool:
    """Whether every item of a list opens with a heading."""
    items = [child for child in node.children if isinstance(child, Node) and child.tag == "li"]
    return bool(items) and all(map(_opens_with_heading, items))


def layout_tables(root: Node) -> set[Node]:
    """Tables that say so, that hold other tables, or that have one cell only."""
    found: set[Node] = set()
    path: list[tuple[Node, list[Node]]] = []
    for event, what in events(root):
        if not isinstance(what, Node):
            continue
        if event == "open" and what.tag in {"td", "th"} and path:
            path[-1][1].append(what)
        elif what.tag == "table" and event == "open":
            found.update(table for table, _ in path[-1:])
            path.append((what, []))
        elif what.tag == "table":
            _, cells = path.pop()
            if len(cells) <= 1 or what.get("role") in {"presentation", "none"}:
                found.add(what)
    return found


def _opens_with_heading(item: Node) -> bool:
    node: Node | None = item
    while node and not heading_rank(node):
        shown = [child for child in node.children if not isinstance(child, str) or child.strip()]
        node = shown[0] if shown and isinstance(shown[0], Node) else None
    return node is not None
