"""Clauses of our own pages: their key, level and number stand in the markup.

So a page that was saved from this system, wherever it went meanwhile, comes back
with every clause being what it was, whatever its words are now.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..outline import MAX_LEVEL, OutlineClause
from .blocks import Block, Marked
from .tree import Node

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LEVEL = re.compile(rf"[1-{MAX_LEVEL}]")
_LINK_TO_CLAUSE = "#"  # what our pages print for it


def marked_clause(node: Node) -> Marked | None:
    """The clause whose section begins with this node, if it is one of ours."""
    key, level = node.get("data-clause-key"), node.get("data-level")
    if not _KEY.fullmatch(key) or not _LEVEL.fullmatch(level):
        return None
    return Marked(key, int(level), node.get("data-number"))


def marked_clauses(blocks: Sequence[Block]) -> Iterator[OutlineClause]:
    """The clauses in which the blocks stand."""
    for clause, group in groupby(blocks, lambda block: block.clause):
        if clause:
            yield _clause(clause, list(group))


def _clause(clause: Marked, group: Sequence[Block]) -> OutlineClause:
    kept = [block for block in group if block.text not in {clause.number, _LINK_TO_CLAUSE}]
    has_heading = bool(kept) and kept[0].rank > 0
    heading = kept[0].text.removeprefix(clause.number).strip() if has_heading else ""
    body = "".join(block.html for block in kept[has_heading:])
    lines = group[0].lines[0], group[-1].lines[1]
    return OutlineClause(clause.level, clause.number, heading, body, lines, clause.key)
