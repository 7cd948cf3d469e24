"""The parts of a report, and the blocks of header fields in them, however they were encoded.

The standard library parses ``message/…`` parts as messages and ignores their
transfer encoding, so that a status in base64 would read as one long line.
"""

import base64
import binascii
import quopri
import re
from email.parser import HeaderParser

MAX_CHARACTERS = 100_000  # of fields; a returned mail may be large, and only its head is read


def part(mail, *types):
    """The first direct part of one of these content types, or None."""
    parts = mail.get_payload() if mail.is_multipart() else []
    return next((each for each in parts if each.get_content_type() in types), None)


def has_part(mail, *types):
    return part(mail, *types) is not None


def blocks(part):
    """Each block of header fields in a part, as a Message."""
    written = decoded(part).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    parser = HeaderParser()
    return [parser.parsestr(block) for block in re.split(r"\n{2,}", written)]


def decoded(part):
    """What stands in a part, as text; bytes beyond ASCII by its charset, else as UTF-8."""
    inner = part.get_payload()
    if isinstance(inner, list):
        raw = b"\n".join(_bytes(each) for each in inner)
    else:
        raw = inner.encode("utf-8", "surrogateescape")
    raw = raw[:MAX_CHARACTERS]
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    try:
        if encoding == "base64":
            raw = base64.b64decode(b"".join(raw.split()))
        elif encoding == "quoted-printable":
            raw = quopri.decodestring(raw)
    except binascii.Error:
        return ""
    return _text(raw, part.get_content_charset() or "utf-8")


def _bytes(message):
    """Its header fields, then its body, as they came."""
    fields = "".join(f"{name}: {value}\n" for name, value in message.raw_items())
    body = message.get_payload()
    body = "" if isinstance(body, list) else body
    return f"{fields}\n{body}".encode("utf-8", "surrogateescape")


def _text(raw, charset):
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return raw.decode("utf-8", "replace")
