"""The second recipe: what all recipients share is made once, and each mail fills it in.

A slot's value stands on lines of its own between soft line breaks of the
quoted-printable encoding (RFC 2045, section 6.7), which vanish when it is
read: so the rest of the body never depends on who gets it.
"""

import binascii
import hashlib
import re
from functools import lru_cache
from html import escape

from notifications.mail import Mail
from notifications.mime_headers import address_line, dated, line, shared_line

SOFT_BREAK = b"=\r\n"
LONGEST_LINE = 76


def build_letter(mail: Mail) -> bytes:
    pieces, gaps = _letter(
        mail.sender_name,
        mail.sender_email,
        mail.reply_to,
        mail.subject,
        mail.text,
        mail.html,
        tuple(written for written, _value in mail.slots),
    )
    values = [closed(quoted(value)) for _written, value in mail.slots]
    values += [closed(quoted(escape(value))) for _written, value in mail.slots]
    head = [
        address_line("To", mail.recipient_name, mail.recipient_email),
        line("Message-ID", mail.message_id),
        shared_line("Date", dated(mail.sent_at)),
        b"Auto-Submitted: auto-generated\r\n",  # RFC 3834: asks robots not to answer
        *(shared_line(name, value) for name, value in mail.headers),
    ]
    body = [part for piece, gap in zip(pieces, gaps, strict=False) for part in (piece, values[gap])]
    return b"".join([*head, *body, pieces[-1]])


@lru_cache(maxsize=64)
def _letter(
    sender_name: str,
    sender_email: str,
    reply_to: str,
    subject: str,
    text: str,
    html: str,
    slots: tuple[str, ...],
) -> tuple[tuple[bytes, ...], tuple[int, ...]]:
    """(pieces, gaps): which value stands after each piece but the last.

    Values are numbered: those of the slots as plain text, then those as HTML.
    """
    plain, plain_gaps = _body(text, slots, first=0)
    boundary = hashlib.sha256(f"{text}\0{html}".encode()).hexdigest()[:40]
    head = b"".join(
        [
            address_line("From", sender_name, sender_email),
            address_line("Reply-To", "", reply_to),
            line("Subject", subject),
            b"MIME-Version: 1.0\r\n",
        ]
    )
    if not html:
        plain[0] = head + _content("plain") + plain[0]
        return tuple(plain), tuple(plain_gaps)
    head += f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n'.encode()
    opening = _part(boundary, "plain")
    between = b"\r\n" + _part(boundary, "html")
    end = f"\r\n--{boundary}--\r\n".encode()
    rich, rich_gaps = _body(html, slots, first=len(slots))
    plain[0] = head + opening + plain[0]
    rich[0] = plain.pop() + between + rich[0]
    rich[-1] += end
    return (*plain, *rich), (*plain_gaps, *rich_gaps)


def _part(boundary: str, subtype: str) -> bytes:
    return f"--{boundary}\r\n".encode() + _content(subtype)


def _content(subtype: str) -> bytes:
    return (
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()


def _body(words: str, slots: tuple[str, ...], first: int) -> tuple[list[bytes], list[int]]:
    """Encoded pieces around the slots, and the numbers of the slots in their order."""
    if not slots:
        return [quoted(words)], []
    found = re.split(f"({'|'.join(map(re.escape, slots))})", words)
    pieces = [quoted(piece) for piece in found[::2]]
    gaps = [first + slots.index(written) for written in found[1::2]]
    return [*map(closed, pieces[:-1]), pieces[-1]], gaps


def quoted(words: str) -> bytes:
    """Quoted-printable, lines of at most 76 characters. Raises ValueError for half a character."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").encode()
    return binascii.b2a_qp(lines).replace(b"\n", b"\r\n")


def closed(encoded: bytes) -> bytes:
    """The same with a soft break at its end, so that what follows begins a line."""
    last = len(encoded) - (encoded.rfind(b"\n") + 1)
    if last == 0 or last < LONGEST_LINE:
        return encoded + SOFT_BREAK
    cut = len(encoded) - 3
    while b"=" in encoded[cut - 2 : cut]:  # not within an =XX
        cut -= 1
    return encoded[:cut] + SOFT_BREAK + encoded[cut:] + SOFT_BREAK
