"""Lines of a mail's head. Pure. Whatever would break a line is refused here, whoever let it in.

The common case is written directly; the standard library, which takes a
hundred times as long, folds and encodes the others.
"""

import re
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

import idna

LINE = 78  # characters of a line that need no folding; RFC 5322, section 2.1.1
LONGEST = 998
# The characters that str.splitlines and old mailers take for a line break, and NUL.
BREAK = re.compile("[\0\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
ATOM = r'[^\s\x00-\x20()<>\[\]:;@\\,."\x7f]+'
LOCAL_PART = re.compile(rf"{ATOM}(?:\.{ATOM})*")
QUOTED_PAIR, BACKSLASH = re.compile(r'(["\\])'), r"\\\1"
PLAIN_NAME = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")

dated = lru_cache(maxsize=64)(format_datetime)  # a window of mails shares its instant


@lru_cache(maxsize=10_000)
def ascii_domain(domain: str) -> str:
    """By IDNA 2008 with the mapping of UTS 46. Raises ValueError."""
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError as error:
        raise ValueError("not a domain") from error


@lru_cache(maxsize=10_000)
def address(email: str) -> str:
    """An address as it goes over the wire, its domain in ASCII.

    A local part beyond ASCII stays as it is: RFC 6531. Raises ValueError.
    """
    local, _at, domain = email.rpartition("@")
    if not domain or not LOCAL_PART.fullmatch(local) or not local.isprintable():
        raise ValueError("not an address")
    return f"{local}@{ascii_domain(domain)}"


def address_line(header: str, name: str, email: str) -> bytes:
    """``header: name <email>``. Raises ValueError."""
    spec = address(email)
    whole = f"{header}: {name} <{spec}>" if name else f"{header}: {spec}"
    if len(whole) <= LINE and (not name or PLAIN_NAME.fullmatch(name)):
        return whole.encode() + b"\r\n"
    if BREAK.search(name):
        raise ValueError(f"a line break in {header}")
    if name.isascii():
        words = f'"{QUOTED_PAIR.sub(BACKSLASH, name)}"' if name else ""
    else:
        words = Header(name, "utf-8", LINE - 2, header).encode(linesep="\r\n")
    folded = f"{header}: {words}\r\n <{spec}>\r\n".encode()
    if max(map(len, folded.split(b"\r\n"))) > LONGEST:
        raise ValueError(f"{header} is too long")
    return folded


def line(header: str, value: str) -> bytes:
    """``header: value``. One without spaces is never folded: it is a token or a URL."""
    whole = f"{header}: {value}"
    limit = LINE if " " in value else LONGEST
    if value.isascii() and value.isprintable() and len(whole) <= limit:
        return whole.encode() + b"\r\n"
    return _folded(header, value)


shared_line = lru_cache(maxsize=1000)(line)


def _folded(header: str, value: str) -> bytes:
    if BREAK.search(value):
        raise ValueError(f"a line break in {header}")
    message = EmailMessage(policy=SMTP)
    message[header] = value
    folded = message.as_bytes()[:-2]
    if max(map(len, folded.split(b"\r\n"))) > LONGEST:
        raise ValueError(f"{header} is too long")
    return folded
