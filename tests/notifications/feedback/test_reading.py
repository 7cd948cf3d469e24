"""What is read from a mail that came back; no database is needed."""

from datetime import UTC, datetime

import pytest

from notifications.feedback.reading import AUTOMATIC, read
from notifications.models.deliveries import EventKind
from notifications.status_codes import code_in, says_address_is_dead
from tests.notifications.feedback.mails import answer, arf, dsn


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("failed", EventKind.BOUNCED),
        ("delayed", EventKind.DEFERRED),
        ("delivered", EventKind.DELIVERED),
        ("Failed (bad mailbox)", EventKind.BOUNCED),
    ],
)
def test_a_status_notification_says_what_happened_to_which_message(action, kind):
    report = read(dsn(to="legal+1@acme.example", message_id="<a@acme.example>", action=action))
    assert (report.kind, report.code) == (kind, "5.1.1")
    assert report.message_id == "<a@acme.example>"
    assert report.addresses == ("legal+1@acme.example",)
    assert report.happened_at == datetime(2020, 11, 25, 10, tzinfo=UTC)


@pytest.mark.parametrize("action", ["relayed", "expanded", ""])
def test_what_is_neither_success_nor_failure_is_for_a_person(action):
    assert read(dsn(action=action)) is None


@pytest.mark.parametrize(
    "form",
    [
        {"charset": "iso-8859-1", "words": "Unzustellbar: Müller"},
        {"charset": "shift_jis", "words": "配信できません"},
        {"charset": "utf-16", "words": "x"},
        {"in_base64": True},
        {"status_type": "message/global-delivery-status"},
        {"returned_type": "message/rfc822"},
        {"returned_type": "message/global-headers"},
    ],
)
def test_r53_other_charsets_and_forms_say_the_same(form):
    if form.get("charset") == "utf-16":  # declared, and not true
        raw = dsn().replace(b"charset=utf-8", b"charset=utf-16")
    else:
        raw = dsn(**form)
    report = read(raw)
    assert (report.kind, report.code, report.message_id) == ("bounced", "5.1.1", "<x@y>")


def test_the_last_attempt_dates_the_event_where_the_report_says_it():
    report = read(dsn(last_attempt="Tue, 24 Nov 2020 09:00:00 +0100"))
    assert report.happened_at == datetime(2020, 11, 24, 8, tzinfo=UTC)
    assert read(dsn(date="soon")).happened_at is None


def test_an_abuse_report_is_a_complaint():
    report = read(arf(message_id="<a@acme.example>", sender="b+1@acme.example"))
    assert (report.kind, report.message_id) == (EventKind.COMPLAINED, "<a@acme.example>")
    assert "b+1@acme.example" in report.addresses


@pytest.mark.parametrize("kind", ["not-spam", "opt-out", "fraud", ""])
def test_other_feedback_is_no_complaint(kind):
    assert read(arf(kind=kind)) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": 'auto-replied (vacation); owner-email="a@example.org"'},
        {"Auto_Submitted": "auto-notified"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"X_Auto_Response_Suppress": "All"},
        {"Return_Path": "<>", "Auto_Submitted": "auto-replied", "Subject": "Please confirm"},
    ],
)
def test_r54_automatic_answers_and_challenges_are_no_bounces(headers):
    assert read(answer(**headers)) is AUTOMATIC


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        answer(),
        answer(Return_Path="<>"),
        answer(Auto_Submitted="no"),
        answer(Precedence="bulk"),
        answer(Auto_Submitted="auto-replied", X_Failed_Recipients="a@example.org"),
        answer(Auto_Submitted="auto-replied", From="Mail System <MAILER-DAEMON@mx.example>"),
        answer(Content_Type="multipart/report; boundary=b"),
        b"Content-Type: multipart/mixed; boundary=c\n\n--c\n" + dsn() + b"\n--c--\n",
        dsn().replace(b"Action: failed", b"Aktion: failed"),
    ],
)
def test_what_people_write_and_what_is_broken_is_left_for_people(raw):
    assert read(raw) is None


def test_two_copies_of_a_report_go_by_one_name():
    assert read(dsn()).told_as == read(dsn()).told_as
    assert read(dsn()).told_as != read(dsn(own="dsn2")).told_as


@pytest.mark.parametrize(
    ("words", "code", "is_dead"),
    [
        ("550 5.1.1 no such user", "5.1.1", True),
        ("5.1.10", "5.1.10", True),
        ("553 5.1.2 no such domain", "5.1.2", True),
        ("550 5.1.8 bad sender", "5.1.8", False),
        ("554 5.7.1 content refused", "5.7.1", False),
        ("552-5.7.0 blocked", "5.7.0", False),
        ("552 5.2.2 full", "5.2.2", False),
        ("450 4.1.1 later", "4.1.1", False),
        ("550 no", "550", False),
        ("550 from 15.5.1.1 today", "550", False),
        ("", "", False),
    ],
)
def test_r13_only_a_code_that_says_so_makes_an_address_dead(words, code, is_dead):
    assert code_in(words) == code
    assert says_address_is_dead(code) is is_dead
