"""From bytes to lines of text.

UTF-8, and what its byte order mark declares to be UTF-16 or UTF-32. Other
encodings cannot be told apart with certainty, and a policy with a wrong
character is worse than one that must be saved again.
"""

import codecs
import re
import unicodedata
from itertools import groupby

from .errors import EmptyFile, FileTooLarge, NotText, OtherEncoding, TooManyLines
from .kinds import require_no_other_kind

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 20_000
MAX_MARKS = 30  # combining marks on one letter; Unicode's stream-safe limit, UAX #15

_MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16's, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_CONTROLS = re.compile(b"[\0-\x08\x0e-\x1f]")
_NOT_WINDOWS_1252 = re.compile(b"[\x81\x8d\x8f\x90\x9d]")
_NO_CHARACTER = re.compile("[\0-\x08\x0e-\x1f\ufffe\uffff]")
_GAP = re.compile("[\0-\x20\x7f\x85\u2028\u2029]+")
_CROWDED = re.compile(rf"[^\0-\u02ff]{{{MAX_MARKS + 1},}}")


def decoded_lines(data: bytes) -> list[str]:
    """The file's lines in NFC, without their ends. A byte order mark is dropped.

    Only LF, CR LF and CR end a line, as in an editor, so that line numbers agree.
    Raises FileTooLarge, WrongEnding, NotText, EmptyFile or TooManyLines.
    """
    if len(data) > MAX_BYTES:
        raise FileTooLarge(size=len(data), limit=MAX_BYTES)
    require_no_other_kind(data)
    text = _decoded(data)
    if not text.strip():
        raise EmptyFile
    lines = re.split(r"\r\n|\r|\n", unicodedata.normalize("NFC", text))
    if len(lines) > MAX_LINES:
        raise TooManyLines(count=len(lines), limit=MAX_LINES)
    return lines


def one_line(text: str) -> str:
    """The text on one line, in NFC, without space at its edges; no-break spaces stay inside."""
    return unicodedata.normalize("NFC", _GAP.sub(" ", text)).strip()


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8-sig")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(data, error.start) from error
    at = _first_no_text(text)
    if at is not None:
        raise _not_text(data, len(text[:at].encode(encoding.removesuffix("-sig"))))
    return text


def _first_no_text(text: str) -> int | None:
    """Where the text holds what no writer writes.

    A long pile of combining marks is refused because normalising one takes
    time that grows with its square.
    """
    found = _NO_CHARACTER.search(text)
    if found:
        return found.start()
    return next((run.start() for run in _CROWDED.finditer(text) if _is_pile(run[0])), None)


def _is_pile(run: str) -> bool:
    groups = groupby(run, lambda character: unicodedata.combining(character) > 0)
    return any(marks and sum(1 for _ in group) > MAX_MARKS for marks, group in groups)


def _not_text(data: bytes, position: int) -> NotText:
    line = data.count(b"\n", 0, position) + 1
    encoding = _likely_encoding(data)
    if encoding:
        return OtherEncoding(position=position, line=line, encoding=encoding)
    return NotText(position=position, line=line)


def _likely_encoding(data: bytes) -> str:
    """What bytes that are no UTF-8 probably are, or ""; a guess to be shown, not acted on.

    Plain letters in UTF-16 are every other byte, with zeros between.
    """
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return ""
    zeros = [data[start::2].count(0) for start in (0, 1)]
    if 4 * max(zeros) > len(data) > 3 and not min(zeros):
        return "UTF-16"
    is_western = not _CONTROLS.search(data) and not _NOT_WINDOWS_1252.search(data)
    return "Windows-1252 (Western European)" if is_western else ""
