"""The door of this package: a file's bytes in, its outline out.

Every format has a reader that turns lines into an Outline with raw bodies. What
all formats share stands here: limits, repeated text, canonical bodies.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
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
from .text import read_text

MAX_CLAUSES = 5_000

_READERS: dict[str, Callable[[Sequence[str]], Outline]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def read_outline(data: bytes, name: str) -> Outline:
    """The outline of a file.

    data: the whole file; name: its name, whose ending tells the format. Where
    the text stands in the file several times, it is read once. Clauses have a
    heading or a body, or both. Raises UnreadableFile.
    """
    try:
        return _outline(data, name)
    except UnreadableFile as error:
        error.data["name"] = name
        raise


def _outline(data: bytes, name: str) -> Outline:
    read = _READERS.get(PurePath(name).suffix.lower())
    if read is None:
        raise UnknownFormat
    lines = decoded_lines(data)
    copies = copies_in(lines)
    found = read(lines[: copies[0][1]] if copies else lines)
    if len(found.clauses) > MAX_CLAUSES:
        raise TooManyClauses(count=len(found.clauses), limit=MAX_CLAUSES)
    clauses = tuple(filter(_says_something, map(_canonical, found.clauses)))
    if not clauses:
        raise NoClauses
    return replace(found, clauses=clauses, copies=copies)


def _canonical(clause: OutlineClause) -> OutlineClause:
    try:
        return replace(clause, body=canonical(clause.body))
    except MarkupTooLong as error:
        raise ClauseTooLong(line=clause.lines[0], limit=MAX_CHARACTERS) from error
    except MarkupTooDeep as error:
        raise NestedTooDeep from error


def _says_something(clause: OutlineClause) -> bool:
    return bool(clause.heading or clause.body)
