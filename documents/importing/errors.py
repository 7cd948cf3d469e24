"""Why a file cannot be imported.

UnreadableFile
├── UnknownFormat        its name does not end in a kind that can be read
├── EmptyFile            nothing but white space
├── FileTooLarge
├── TooManyLines
├── TooManyMarks         of Markdown
├── WrongEnding          its name says text, but it is a PDF, a Word file, a page …
│   └── IsPdf, IsWord, IsOldOffice, IsOpenDocument, IsRichText, IsArchive, IsPage
├── NotText              bytes that are no UTF-8 text
│   └── OtherEncoding    text, very likely, but in another encoding
├── CopiesDiffer         it holds the same document several times, not quite alike
├── NoClauses            a title at most
├── TooManyClauses
├── ClauseTooLong
├── NestedTooDeep        lists or quotations inside one another
├── PageTooComplex       too many elements, or too deep inside one another
├── WrongEncoding        bytes of a page that are not in the encoding it declares
├── NotSavedPage         a .mht or .mhtml file without a page in it
├── OnlyImages           a page that shows its text as pictures
├── NotWordDocument      a .docx that is something else
├── ProtectedFile        a password must be given to open it
├── HoldsMacros
├── DamagedFile          an archive or a part of it that cannot be read
├── HoldsDefinitions     XML with a DTD or entities
└── UnpacksTooLarge      a small file that becomes a very large one

Each carries its data, and one template that callers may translate; ``str()``
fills it. An import that raises has changed nothing.
"""

from dataclasses import dataclass


class UnreadableFile(Exception):
    """Base of all. ``data`` holds at least ``name``: the file's, which read_outline fills in."""

    message = "%(name)s: this file cannot be read."

    def __init__(self, name: str = "", **data: str | int) -> None:
        super().__init__(name)
        self.data: dict[str, str | int] = {"name": name, **data}

    def __str__(self) -> str:
        return self.message % self.data


class UnknownFormat(UnreadableFile):
    message = (
        "%(name)s: this kind of file cannot be imported; save it as .docx, .html, .md or .txt."
    )


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


class TooManyMarks(UnreadableFile):
    """data: count and limit."""

    message = (
        "%(name)s: the file has %(count)d signs that mean something in Markdown, more than the "
        "limit of %(limit)d. Import it in parts, or as .txt."
    )


class NotText(UnreadableFile):
    """data: line, counted from 1; position, the offset in bytes of what is no text."""

    message = (
        "%(name)s: line %(line)d holds bytes that are no text (byte %(position)d of the file). "
        "Open it in an editor and save it as plain text in UTF-8."
    )


class OtherEncoding(NotText):
    """data, besides: encoding, the likely one."""

    message = (
        "%(name)s: line %(line)d holds bytes that are no text (byte %(position)d of the file) "
        "in UTF-8; the file was probably saved as %(encoding)s. "
        "Open it in an editor as %(encoding)s, check its letters, and save it as UTF-8."
    )


class WrongEnding(UnreadableFile):
    """Its name says text; each kind that it may be instead has a class of its own."""

    message = "%(name)s: this is no plain text. Import the file from which it was made."


class IsPdf(WrongEnding):
    message = (
        "%(name)s: this is a PDF file. "
        "Import the document from which it was made, or copy its text into a .txt file."
    )


class IsWord(WrongEnding):
    message = "%(name)s: this is a Word file. Rename it so that it ends in .docx."


class IsOldOffice(WrongEnding):
    message = "%(name)s: this is a file of an old office program. Save it from there as .docx."


class IsOpenDocument(WrongEnding):
    message = "%(name)s: this is an OpenDocument file. Open it in its program and save it as .docx."


class IsRichText(WrongEnding):
    message = "%(name)s: this is an RTF file. Open it in Word or LibreOffice and save it as .docx."


class IsArchive(WrongEnding):
    message = "%(name)s: this is a ZIP archive. Unpack it and import the document in it."


class IsPage(WrongEnding):
    message = "%(name)s: this is a web page. Rename it so that it ends in .html."


@dataclass(frozen=True)
class Difference:
    """Two lines that stand at the same place of two copies; a line that is missing is None."""

    line: int | None
    other_line: int | None


class CopiesDiffer(UnreadableFile):
    """data: copies, their number; line and other_line, the first that are not alike; where one
    copy ends early, its last; shown, the lines below with their numbers.

    differences: the first lines, at most 20, that are not alike, so that they can be shown; of
    the first copy and another one.
    """

    differences: tuple[Difference, ...] = ()

    message = (
        "%(name)s: the text stands in this file %(copies)d times, but the copies differ "
        "(line %(line)d and line %(other_line)d). Keep the right one and delete the others."
        "\n%(shown)s"
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


class PageTooComplex(UnreadableFile):
    """data: limit, a number of tags."""

    message = (
        "%(name)s: the page has more than %(limit)d tags, or its elements stand too deep inside "
        "one another. Open it in a browser, copy the text of the policy and paste that."
    )


class WrongEncoding(UnreadableFile):
    """data: encoding; line, counted from 1; position, the offset in bytes."""

    message = (
        "%(name)s: line %(line)d holds bytes that are not in %(encoding)s, the page's encoding "
        "(byte %(position)d of the page). Open it in a browser, copy the text and paste that."
    )


class NotSavedPage(UnreadableFile):
    message = (
        "%(name)s: there is no page in this file. Open the page in a browser and save it again, "
        "in one file (MHTML) or as HTML."
    )


class OnlyImages(UnreadableFile):
    message = (
        "%(name)s: the page shows its text as pictures, which cannot be read. "
        "Import the file that the pictures were made from."
    )


class NotWordDocument(UnreadableFile):
    """data: kind, what the file seems to be."""

    message = (
        "%(name)s: this is not a Word document but %(kind)s. Open it in Word and save it as a "
        "Word document (.docx), or choose another file."
    )


class ProtectedFile(UnreadableFile):
    message = (
        "%(name)s: a password protects this file. Open it in Word, take the password off under "
        "File, Info, and save it again."
    )


class HoldsMacros(UnreadableFile):
    message = (
        "%(name)s: the file holds macros, which are programs. Save it in Word as a Word document "
        "without macros (.docx)."
    )


class DamagedFile(UnreadableFile):
    """data: part, the part of the file that cannot be read."""

    message = (
        "%(name)s: the file is damaged (%(part)s). Open it in Word, which may repair it, and "
        "save it again."
    )


class HoldsDefinitions(UnreadableFile):
    """data: part, which holds a DTD or an entity; programs that write documents use neither."""

    message = (
        "%(name)s: the file holds definitions (DTD) that can harm a reader, in %(part)s. "
        "Open it in Word and save it again."
    )


class UnpacksTooLarge(UnreadableFile):
    """data: limit, and what it counts: unit, "bytes" or "parts"."""

    message = (
        "%(name)s: unpacked, the file has more than %(limit)d %(unit)s. Save the text without "
        "its pictures, or import it in parts."
    )
