"""How the parts of lists and tables are spelled in a body."""

from .numbering import first_count
from .tree import Node

_SPANS = ("colspan", "rowspan")


def part_tags(node: Node) -> tuple[str, str]:
    """(start, end): a term and its definitions become an item; what canonical lists cannot
    count is an unnumbered list, whose items hold their numbers as text.
    """
    if node.tag == "dd":
        return "", ""
    if node.tag in {"dl", "ul"}:
        return "<ul>", "</ul>"
    if node.tag == "dt":
        return "<li>", ""  # the next item ends it
    if node.tag == "ol":
        kind, start = first_count(node)
        return (f'<ol start="{start}">', "</ol>") if kind == "1" else ("<ul>", "</ul>")
    numbers = "".join(f' {name}="{n}"' for name in _SPANS if (n := node.get(name)).isdecimal())
    return f"<{node.tag}{numbers}>", f"</{node.tag}>"
