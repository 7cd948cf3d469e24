"""From the bytes of a page to its markup, by the encoding that it declares."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from ..decoding import MAX_BYTES
from ..errors import EmptyFile, FileTooLarge, WrongEncoding
from ..kinds import require_no_other_kind

MAX_HEAD = 4_096  # bytes in which a page declares its encoding

_BOMS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_DECLARED = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# Others either are unknown, or decode slowly or into what no page means.
_KNOWN = re.compile(
    r"iso-8859-(?:[2-9]|1[013-6])|windows-125[0-8]|koi8-[ru]|macintosh|big5|euc-(?:jp|kr)|gbk"
    r"|gb2312|gb18030|shift_jis|iso-2022-jp"
)
_WINDOWS_1252 = {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "cp1252"}
_UTF_8 = {"utf8", "utf-8", "utf-16", "utf-16le", "utf-16be", "unicode"}


def markup_of(data: bytes, declared: str = "") -> str:
    """The page as text.

    declared: the encoding that whoever sent the page named, if anybody did.
    Browsers' rules: a byte order mark wins, then that name, then the page's
    own; failing all, UTF-8.
    Raises FileTooLarge, WrongEnding, EmptyFile or WrongEncoding.
    """
    if len(data) > MAX_BYTES:
        raise FileTooLarge(size=len(data), limit=MAX_BYTES)
    require_no_other_kind(data)
    bom = next((bom for bom in _BOMS if data.startswith(bom)), b"")
    encoding = _BOMS[bom] if bom else _encoding(declared or _declared_in(data))
    try:
        markup = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong(data, encoding, error.start + len(bom)) from error
    if "\0" in markup:  # no page holds it, but text in UTF-16 that does not say so
        raise _wrong(data, encoding, data.index(b"\0"))
    if not markup.strip():
        raise EmptyFile
    return markup


def _wrong(data: bytes, encoding: str, position: int) -> WrongEncoding:
    line = data.count(b"\n", 0, position) + 1
    return WrongEncoding(encoding=encoding, line=line, position=position)


def _declared_in(data: bytes) -> str:
    found = _DECLARED.search(data[:MAX_HEAD])
    return found[1].decode("ascii", "replace") if found else ""


def _encoding(name: str) -> str:
    """What a browser takes the name to mean; a page that names UTF-16 in itself is none."""
    name = name.lower()
    if name in _WINDOWS_1252:
        return "windows-1252"
    if not name or name in _UTF_8:
        return "utf-8"
    if not _KNOWN.fullmatch(name):
        raise WrongEncoding(encoding=name, line=1, position=0)
    return "gb18030" if name in {"gb2312", "gbk"} else name
