"""The bytes of a mail."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest

from notifications.mime import Mail, build

MAIL = Mail(
    sender_name="Acme & Söhne",
    sender_email="legal@acme.example",
    reply_to="questions@acme.example",
    recipient_name="Édith",
    recipient_email="edith@example.org",
    subject="“Privacy” changes on 1 March 2026",
    text="First line\n.dot at the start\nFrom here on\né" + "x" * 2000,
    html="<p>é</p>",
    message_id="<abc@acme.example>",
    sent_at=datetime(2026, 1, 1, 12, tzinfo=UTC),
)
BREAKS = ["\r", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


def read(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_equal_input_gives_equal_bytes():
    assert build(MAIL) == build(MAIL)


def test_what_was_written_is_read():
    message = read(build(MAIL))
    assert message["Subject"] == MAIL.subject
    assert message["From"].addresses[0].display_name == "Acme & Söhne"
    assert message["To"].addresses[0].addr_spec == "edith@example.org"
    assert message["Message-ID"] == "<abc@acme.example>"
    text = message.get_body(("plain",)).get_content()
    assert text.replace("\r\n", "\n").rstrip() == MAIL.text
    assert message.get_body(("html",)).get_content().rstrip() == MAIL.html


def test_lines_end_in_crlf_and_stay_short_and_ascii():
    raw = build(MAIL)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    raw.decode("ascii")


@pytest.mark.parametrize("line_break", BREAKS)
@pytest.mark.parametrize(
    "field",
    ["sender_name", "sender_email", "reply_to", "recipient_name", "recipient_email", "subject"],
)
def test_no_line_break_becomes_another_header(field, line_break):
    mail = replace(MAIL, **{field: f"a{line_break}Bcc: eve@example.org"})
    try:
        raw = build(mail)
    except ValueError:
        return
    assert read(raw)["Bcc"] is None
    assert b"\nBcc:" not in raw


@pytest.mark.parametrize("address", ["", "no at sign", "a b@@example.org", "a@b@c", "\ud800@x.org"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError):  # noqa: PT011
        build(replace(MAIL, recipient_email=address))


SLOT = "[[address:0123]]"


def filled(address, text=f"Sent to {SLOT}.\nEnd\n", html=f"<p>{SLOT}</p>", **more):
    return build(
        replace(
            MAIL, text=text, html=html, recipient_email=address, slots=((SLOT, address),), **more
        )
    )


@pytest.mark.parametrize("before", range(60, 90))
@pytest.mark.parametrize("letter", ["x", "é", "=", "."])
def test_a_slot_anywhere_in_a_line_is_read_as_if_it_had_been_written(before, letter):
    text = f"{letter * before}{SLOT} and {SLOT}{letter * before}\n.\nFrom here {SLOT}"
    raw = filled("edith@example.org", text=text)
    message = read(raw)
    got = message.get_body(("plain",)).get_content().replace("\r\n", "\n").rstrip("\n")
    assert got == text.replace(SLOT, "edith@example.org")
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    body = raw.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76


def test_a_slot_is_escaped_in_html_alone():
    raw = filled("a&b@example.org")
    message = read(raw)
    assert "a&b@example.org" in message.get_body(("plain",)).get_content()
    assert "a&amp;b@example.org" in message.get_body(("html",)).get_content()


@pytest.mark.parametrize("line_break", [*BREAKS, "\0"])
@pytest.mark.parametrize("field", ["sender_name", "recipient_name", "recipient_email", "subject"])
def test_a_line_break_is_refused(field, line_break):
    with pytest.raises(ValueError):  # noqa: PT011
        build(replace(MAIL, **{field: f"a{line_break}b"}))


@pytest.mark.parametrize("line_break", [*BREAKS, "\0"])
def test_a_line_break_in_a_header_of_the_stream_is_refused(line_break):
    with pytest.raises(ValueError):  # noqa: PT011
        build(replace(MAIL, headers=(("List-Help", f"<x>{line_break}Bcc: eve@example.org"),)))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("", "edith@example.org"),
        ("Edith Piaf", "edith@example.org"),
        ("Piaf, Edith", "edith@example.org"),
        ("Édith " * 45 + "P", "edith@example.org"),
        ("🦜 ‮abc", "a@example.org"),
        ('"quoted" (x)', "o'neil+tag@example.org"),
        ("", "a" * 64 + "@" + "b" * 60 + ".example.org"),
    ],
)
def test_an_address_is_read_as_it_was_written(name, address):
    raw = build(replace(MAIL, recipient_name=name, recipient_email=address))
    # The older parser: the newer one leaves spaces between encoded words that mean none.
    written_name, written = parseaddr(email.message_from_bytes(raw)["To"])
    assert (str(make_header(decode_header(written_name))), written) == (name, address)
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_a_local_part_beyond_ascii_is_written_as_it_is():
    raw = build(replace(MAIL, recipient_name="", recipient_email="dörte@bücher.example"))
    assert "\nTo: dörte@xn--bcher-kva.example\r\n".encode() in b"\n" + raw


def test_a_long_url_in_a_header_stays_whole():
    url = f"<https://example.org/{'x' * 300}>"
    assert f"\r\nList-Unsubscribe: {url}\r\n".encode() in build(
        replace(MAIL, headers=(("List-Unsubscribe", url),))
    )
