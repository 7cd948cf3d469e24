"""Why a file cannot be imported.

UnreadableFile
├── UnknownFormat        its name does not end in a kind that can be read
├── EmptyFile            nothing but white space
├── FileTooLarge
├── TooManyLines
├── NotText              bytes that are no UTF-8 text
├── CopiesDiffer         it holds the same document several times, not quite alike
├── NoClauses            a title at most
├── TooManyClauses
├── ClauseTooLong
└── NestedTooDeep        lists or quotations inside one another

Each carries its data, and one template that callers may translate; ``str()``
fills it. An import that raises has changed nothing.
"""


class UnreadableFile(Exception):
    """Base of all. ``data`` holds at least ``name``: the file's, which read_outline fills in."""

    message = "%(name)s: this file cannot be read."

    def __init__(self, name: str = "", **data: str | int) -> None:
        super().__init__(name)
        self.data: dict[str, str | int] = {"name": name, **data}

    def __str__(self) -> str:
        return self.message % self.data


class UnknownFormat(UnreadableFile):
    message = "%(name)s: this kind of file cannot be imported yet; save it as .txt or .md."


class EmptyFile(UnreadableFile):
    message = "%(name)s: the file holds no text. Choose the file that holds the policy."


class FileTooLarge(UnreadableFile):
    """data: size and limit, in bytes."""

    message = (
        "%(name)s: the file has %(size)d bytes, more than the limit of %(limit)d. "
        "Import the text without its attachments, or in parts."
    )


class TooManyLines(UnreadableFile):
    """data: count and limit."""

    message = (
        "%(name)s: the file has %(count)d lines, more than the limit of %(limit)d. "
        "Import it in parts."
    )


class NotText(UnreadableFile):
    """data: line, counted from 1; position, the offset in bytes of what is no text."""

    message = (
        "%(name)s: line %(line)d holds bytes that are no text (byte %(position)d of the file). "
        "Open it in an editor and save it as plain text in UTF-8."
    )


class CopiesDiffer(UnreadableFile):
    """data: copies, their number; line and other_line, the first that are not alike."""

    message = (
        "%(name)s: the text stands in this file %(copies)d times, but the copies differ "
        "(line %(line)d and line %(other_line)d). Keep the right one and delete the others."
    )


class NoClauses(UnreadableFile):
    message = "%(name)s: no clause was found. The file needs text, not only a title."


class TooManyClauses(UnreadableFile):
    """data: count and limit."""

    message = (
        "%(name)s: %(count)d clauses were found, more than the limit of %(limit)d. "
        "Check that its headings are headings, or import it in parts."
    )


class ClauseTooLong(UnreadableFile):
    """data: line, where the clause begins; limit, in characters of its body."""

    message = (
        "%(name)s: the clause at line %(line)d is longer than %(limit)d characters. "
        "Divide it by headings."
    )


class NestedTooDeep(UnreadableFile):
    message = (
        "%(name)s: lists or quotations stand too deep inside one another. "
        "Make the list flatter, or give its parts headings."
    )
