"""Recognises a file of another kind behind a name that says text."""

import re
from collections.abc import Sequence

from .errors import (
    IsArchive,
    IsOldOffice,
    IsOpenDocument,
    IsPage,
    IsPdf,
    IsRichText,
    IsWord,
    WrongEnding,
)

_ZIP = b"PK\x03\x04"
_STARTS: dict[bytes, type[WrongEnding]] = {
    b"%PDF-": IsPdf,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": IsOldOffice,
    b"{\\rtf": IsRichText,
}
_INSIDE_ZIP: dict[bytes, type[WrongEnding]] = {  # an archive names its files as they are
    b"word/document.xml": IsWord,
    b"mimetypeapplication/vnd.oasis.opendocument.text": IsOpenDocument,
}
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html[\s>])", re.IGNORECASE)
_LINES_LOOKED_AT = 20


def require_no_other_kind(data: bytes) -> None:
    """Raises WrongEnding for the bytes of a PDF, office, RTF or packed file."""
    for start, kind in _STARTS.items():
        if data.startswith(start):
            raise kind
    if data.startswith(_ZIP):
        raise next((kind for name, kind in _INSIDE_ZIP.items() if name in data), IsArchive)


def require_no_page(lines: Sequence[str]) -> None:
    """Raises IsPage for the lines of a web page."""
    if _PAGE.match("\n".join(lines[:_LINES_LOOKED_AT])):
        raise IsPage
