"""Makes lists of the paragraphs with bullets that Word pastes in their place.

Word's numbered paragraphs stay as they are: their numbers are text, and often
those of clauses.
"""

import re

from .tree import Node, nodes, text_of

MAX_BULLET = 2  # characters; Word's own bullets may be letters in a font of signs

_LEVEL = re.compile(r"mso-list\s*:\s*\S+ level([1-9])")
_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)


def nest_word_lists(root: Node) -> None:
    """Changes the tree in place."""
    for node in list(nodes(root)):
        node.children = _nested(node.children)


def _nested(children: list[Node | str]) -> list[Node | str]:
    found: list[Node | str] = []
    lists: list[tuple[int, Node]] = []  # those that stand open, with their levels
    for child in children:
        level = 0 if isinstance(child, str) else _level_of_bullet(child)
        if level:
            _add_item(Node("li", {}, [child]), level, lists, found)
        elif not lists or not isinstance(child, str) or child.strip():
            lists = []
            found.append(child)
    return found


def _add_item(
    item: Node, level: int, lists: list[tuple[int, Node]], found: list[Node | str]
) -> None:
    while lists and lists[-1][0] > level:
        lists.pop()
    if not lists or lists[-1][0] < level:
        around = lists[-1][1].children[-1] if lists else None
        lists.append((level, Node("ul")))
        (around.children if isinstance(around, Node) else found).append(lists[-1][1])
    lists[-1][1].children.append(item)


def _level_of_bullet(node: Node) -> int:
    """0 for what is no paragraph with a bullet; takes the bullet off one that is."""
    level = _LEVEL.search(node.get("style")) if node.tag == "p" else None
    marker = level and next((one for one in nodes(node) if _MARKER.search(one.get("style"))), None)
    if not level or not marker:
        return 0
    bullet = text_of(marker).strip()
    if len(bullet) > MAX_BULLET or bullet.endswith((".", ")")):
        return 0
    marker.children = []
    return int(level[1])
