"""The bytes of a mail."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime

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
