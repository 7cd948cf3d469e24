"""Writes the lines of a clause as HTML: paragraphs, and lists nested by indent."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from .lines import Line

MAX_DEPTH = 8  # lists inside one another; deeper items stay on the last level


def body_html(lines: Iterable[Line]) -> str:
    """HTML that escapes all text; not yet canonical."""
    groups = groupby(lines, key=lambda line: line.is_item)
    return "".join(
        _list_html(list(group)) if is_list else "".join(map(_paragraph_html, group))
        for is_list, group in groups
    )


def _paragraph_html(line: Line) -> str:
    return f"<p>{escape(line.text)}</p>"


def _list_html(items: Sequence[Line]) -> str:
    return "".join(_list_pieces(items, keep_numbers=not _numbers_run(items)))


def _list_pieces(items: Sequence[Line], keep_numbers: bool) -> Iterator[str]:
    levels: list[tuple[int, str]] = []  # indent and tag of the lists that stand open
    for item in items:
        tag = "ol" if item.number is not None and not keep_numbers else "ul"
        while len(levels) > 1 and item.indent < levels[-1][0]:
            yield f"</li></{levels.pop()[1]}>"
        is_deeper = not levels or (item.indent > levels[-1][0] and len(levels) < MAX_DEPTH)
        if is_deeper or tag != levels[-1][1]:
            yield "" if is_deeper else f"</li></{levels.pop()[1]}>"
            yield f'<ol start="{item.number}">' if tag == "ol" else "<ul>"
            levels.append((item.indent, tag))
        else:
            yield "</li>"
        kept = f"{item.marker} " if keep_numbers and item.number is not None else ""
        yield f"<li>{kept}{escape(item.text)}"
    yield from (f"</li></{tag}>" for _, tag in reversed(levels))


def _numbers_run(items: Sequence[Line]) -> bool:
    """Whether each printed number is the one that a reader of the list would count."""
    counts: dict[int, int] = {}
    for item in items:
        counts = {indent: n for indent, n in counts.items() if indent <= item.indent}
        if item.number is None:
            counts.pop(item.indent, None)
        elif item.number != counts.setdefault(item.indent, item.number):
            return False
        else:
            counts[item.indent] += 1
    return True
