"""What a file is that only calls itself .docx, as far as its bytes tell."""

import re
from collections.abc import Collection

from ..errors import (
    IsArchive,
    IsOpenDocument,
    IsPage,
    NotWordDocument,
    ProtectedFile,
    UnreadableFile,
)
from ..kinds import require_no_other_kind

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that Word puts the document in
_SAMPLE = 1024  # bytes that tell text from anything else
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_PAGE = re.compile(rb"<!doctype html|<html|<head|<body", re.IGNORECASE)
_NO_TEXT = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def require_archive(data: bytes) -> None:
    """Raises what says best why the bytes are no ZIP archive."""
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data:
        raise ProtectedFile
    if data.startswith(b"PK\x03\x04"):
        return
    start = data[:_SAMPLE].removeprefix(b"\xef\xbb\xbf").lstrip()
    require_no_other_kind(start)
    if _PAGE.search(start):
        raise IsPage
    raise NotWordDocument(kind=_kind(start))


def not_word(names: Collection[str]) -> UnreadableFile:
    """Why an archive with these entries is no Word document."""
    if "xl/workbook.xml" in names:
        return NotWordDocument(kind="a spreadsheet")
    if "ppt/presentation.xml" in names:
        return NotWordDocument(kind="a presentation")
    if "content.xml" in names and "mimetype" in names:
        return IsOpenDocument()
    return IsArchive()


def _kind(start: bytes) -> str:
    if start.startswith(_PICTURES):
        return "a picture"
    return "a file of another kind" if _NO_TEXT.search(start) else "plain text"
