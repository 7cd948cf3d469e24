"""What an element does to the text in it: bold, italic, a link."""

import re
from html import escape
from urllib.parse import urljoin

from documents.markup.vocabulary import mark_name

from .tree import Node

MAX_ADDRESS = 2_000  # characters of a link; it is written anew for each piece of its text

Marks = tuple[str, ...]  # opening tags, at most one of each element

_TAGS = {"b": "<strong>", "strong": "<strong>", "i": "<em>", "em": "<em>"}
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)")
_ITALIC = re.compile(r"font-style\s*:\s*italic")
_NOT_ITALIC = re.compile(r"font-style\s*:\s*normal")


def marks_within(node: Node, around: Marks, address: str) -> Marks:
    """The marks of text in the node; around: those outside; address: the page's, for links.

    A style has the last word: some editors paste all text in one <b> that is not bold.
    """
    style = node.get("style").lower()
    if not style and node.tag != "a" and node.tag not in _TAGS:
        return around
    marks = {mark_name(mark): mark for mark in around}
    if node.tag == "a" and 0 < len(node.get("href")) <= MAX_ADDRESS:
        marks["a"] = f'<a href="{escape(absolute(node.get("href"), address))}">'
    for mark, switches_on, switches_off in (
        ("<strong>", _BOLD, _NOT_BOLD),
        ("<em>", _ITALIC, _NOT_ITALIC),
    ):
        if switches_off.search(style):
            marks.pop(mark_name(mark), None)
        elif _TAGS.get(node.tag) == mark or switches_on.search(style):
            marks[mark_name(mark)] = mark
    return tuple(marks.values())


def marked(html: str, marks: Marks) -> str:
    ends = "".join(f"</{mark_name(mark)}>" for mark in reversed(marks))
    return f"{''.join(marks)}{html}{ends}"


def absolute(href: str, address: str) -> str:
    """Where a link leads; one within the page stays as it is."""
    href = href.strip()
    if not address or href.startswith("#"):
        return href
    try:
        return urljoin(address, href)
    except ValueError:  # what is no address cannot be resolved
        return href
