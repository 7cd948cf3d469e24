"""The door of this package: a file's bytes in, its outline out.

Every format has a reader that turns bytes into an Outline with raw bodies. What
all formats share stands here: limits and canonical bodies; and for files of lines
the search for repeated text.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from documents.markup import MAX_CHARACTERS, MarkupTooDeep, MarkupTooLong, canonical

from .copies import copies_in
from .decoding import decoded_lines
from .errors import (
    ClauseTooLong,
    NestedTooDeep,
    NoClauses,
    TooManyClauses,
    UnknownFormat,
    UnreadableFile,
)
from .markdown import read_markdown
from .outline import Outline, OutlineClause
from .pages import read_html, read_mhtml
from .text import read_text
from .word import read_word

MAX_CLAUSES = 5_000


def read_outline(data: bytes, name: str, *, accept_changes: bool = False) -> Outline:
    """The outline of a file.

    data: the whole file; name: its name, whose ending tells the format. Where
    the text stands in a file of lines several times, it is read once. Clauses
    have a heading or a body, or both. accept_changes: read the tracked changes of a
    Word file as accepted. Raises UnreadableFile.
    """
    try:
        return _outline(data, PurePath(name).suffix.lower(), accept_changes)
    except UnreadableFile as error:
        error.data["name"] = name
        raise


def _outline(data: bytes, suffix: str, accept_changes: bool) -> Outline:
    if suffix not in READERS:
        raise UnknownFormat
    found = READERS[suffix](data, accept_changes)
    if len(found.clauses) > MAX_CLAUSES:
        raise TooManyClauses(count=len(found.clauses), limit=MAX_CLAUSES)
    clauses = tuple(filter(_says_something, map(_canonical, found.clauses)))
    if not clauses:
        raise NoClauses
    return replace(found, clauses=clauses)


def _of_lines(read: Callable[[Sequence[str]], Outline], data: bytes, _: bool) -> Outline:
    lines = decoded_lines(data)
    copies = copies_in(lines)
    found = read(lines[: copies[0][1]] if copies else lines)
    return replace(found, copies=copies, source=tuple(lines))


def _of_page(read: Callable[[bytes], Outline], data: bytes, _: bool) -> Outline:
    return read(data)


def _of_word(data: bytes, accept_changes: bool) -> Outline:
    return read_word(data, accept_changes=accept_changes)


READERS: dict[str, Callable[[bytes, bool], Outline]] = {
    ".docx": _of_word,
    **dict.fromkeys([".html", ".htm", ".xhtml"], partial(_of_page, read_html)),
    **dict.fromkeys([".mhtml", ".mht"], partial(_of_page, read_mhtml)),
    **dict.fromkeys([".md", ".markdown"], partial(_of_lines, read_markdown)),
    ".txt": partial(_of_lines, read_text),
}


def _canonical(clause: OutlineClause) -> OutlineClause:
    try:
        return replace(clause, body=canonical(clause.body))
    except MarkupTooLong as error:
        raise ClauseTooLong(line=clause.lines[0], limit=MAX_CHARACTERS) from error
    except MarkupTooDeep as error:
        raise NestedTooDeep from error


def _says_something(clause: OutlineClause) -> bool:
    return bool(clause.heading or clause.body)
