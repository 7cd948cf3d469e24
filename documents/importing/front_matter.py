"""The block of settings that static sites put on top of a Markdown file.

Only plain ``name: value`` lines are taken. A YAML reader was rejected: what a
policy needs is a title and a date, and lists or anchors in it would bring a
dependency and its attack surface for nothing.
"""

import re
from collections.abc import Sequence

FENCE = "---"
_ENDS = {FENCE, "..."}
_SETTING = re.compile(r"([A-Za-z_][\w-]*):(?:\s+(\S.*))?")
_INSIDE = re.compile(r"\s.*|-(?:\s.*)?|#.*|")


def split_front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int, list[str]]:
    """(settings, size, lines): the block's plain values, how many lines it has, and the lines
    with the block made empty.

    Line numbers therefore stay. A block that holds anything but settings is
    text between two rules, and stays.
    """
    size = _size_of_block(lines)
    found = [match for line in lines[1:size] if (match := _SETTING.fullmatch(line.rstrip()))]
    settings = {match[1]: value for match in found if (value := _unquoted(match[2] or ""))}
    return settings, size, ["" for _ in lines[:size]] + list(lines[size:])


def _size_of_block(lines: Sequence[str]) -> int:
    """The lines of the block with both its fences, or 0 if there is no block."""
    if not lines or lines[0].rstrip() != FENCE:
        return 0
    for count, line in enumerate(lines[1:], 2):
        if line.rstrip() in _ENDS:
            return count
        if not _SETTING.fullmatch(line.rstrip()) and not _INSIDE.fullmatch(line):
            return 0
    return 0


def _unquoted(value: str) -> str:
    value = value.strip()
    is_quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if is_quoted else value
