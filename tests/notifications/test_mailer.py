"""Messages over one connection, to servers that misbehave at each stage."""

import smtplib

import pytest

from notifications.mailer import Answer, Letter, MailServer, MailServerUnavailable, SenderRefused
from notifications.pipeline import stuffed
from tests.scripted_server import ScriptedServer

RAW = b"Subject: x\r\n\r\n.dot\r\nwords\r\n"
LETTERS = [Letter(RAW + f"{n}\r\n".encode(), "a@x.example", f"p{n}@y.example") for n in range(6)]
SECOND = LETTERS[1].recipient


@pytest.fixture(params=[True, False], ids=["pipelining", "one by one"])
def server(request, settings):
    yield from started(ScriptedServer(request.param), settings)


@pytest.fixture
def pipelining(settings):
    yield from started(ScriptedServer(), settings)


def started(server, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 0.25
    yield server
    server.stop()


def send_all(letters=LETTERS):
    answers = []
    with MailServer() as server:
        for letter, following in zip(letters, [*letters[1:], None], strict=True):
            answers.append(server.send(letter, following))
    return answers


def outcomes(letters=LETTERS):
    return [answer.outcome for answer in send_all(letters)]


def only(address, reply):
    return lambda recipient: reply if recipient == address else None


def test_all_go_over_one_connection_byte_for_byte(server):
    assert outcomes() == ["accepted"] * 6
    assert server.connections == 1
    assert server.received == [(each.recipient, each.raw) for each in LETTERS]


def test_with_pipelining_a_message_is_offered_behind_the_one_before(pipelining):
    writes = []
    send = smtplib.SMTP.send

    def watched(self, data):
        writes.append(data if isinstance(data, bytes) else data.encode())
        return send(self, data)

    smtplib.SMTP.send = watched
    try:
        send_all()
    finally:
        smtplib.SMTP.send = send
    content = [each for each in writes if b"Subject" in each]
    assert len(content) == 6
    assert all(each.endswith(b".\r\nMAIL FROM:<a@x.example>\r\n" + rest(n)) for n, each in
               enumerate(content[:-1], start=1))  # fmt: skip


def rest(n):
    return f"RCPT TO:<p{n}@y.example>\r\nDATA\r\n".encode()


@pytest.mark.parametrize("stage", ["RCPT", "DATA", "END"])
@pytest.mark.parametrize(
    ("reply", "outcome", "code"),
    [
        ("450 4.2.1 busy", "deferred", "450 4.2.1"),
        ("550 5.1.1 p1@y.example is not here", "failed", "550 5.1.1"),
        ("552 no", "failed", "552"),
    ],
)
def test_one_refusal_is_of_one_message_alone(server, stage, reply, outcome, code):
    server.say[stage] = only(SECOND, reply)
    answers = send_all()
    assert answers[1] == Answer(outcome, code)
    assert [answer.outcome for answer in answers[:1] + answers[2:]] == ["accepted"] * 5
    assert [address for address, _raw in server.received] == [
        each.recipient for each in LETTERS if each.recipient != SECOND
    ]


def test_a_server_that_goes_on_without_a_recipient_gets_an_empty_message_and_no_content(pipelining):
    from tests import scripted_server

    class Lenient(scripted_server.Session):
        def do_data(self, command):
            self.write("354 go on")
            self.read_content()

    pipelining.say["RCPT"] = only(SECOND, "550 5.1.1 no")
    usual, scripted_server.Session = scripted_server.Session, Lenient
    try:
        assert outcomes() == ["accepted", "failed"] + ["accepted"] * 4
    finally:
        scripted_server.Session = usual
    assert (SECOND, LETTERS[1].raw) not in pipelining.received


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_a_connection_that_drops_after_some_messages_costs_nobody_anything(server, stage):
    dropped = []

    def drop_once(recipient):
        if server.received and not dropped:
            dropped.append(True)
            return ScriptedServer.CLOSE
        return None

    server.say[stage] = drop_once
    assert outcomes() == ["accepted"] * 6
    assert server.connections == 2
    assert len(server.received) == 6


def test_shutting_down_within_a_pipeline_costs_nobody_anything(server):
    said = []

    def once(recipient):
        if len(server.received) == 2 and not said:
            said.append(True)
            return "421 4.3.2 shutting down"
        return None

    server.say["RCPT"] = once
    assert outcomes() == ["accepted"] * 6
    assert server.connections == 2


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
@pytest.mark.parametrize("how", [ScriptedServer.CLOSE, ScriptedServer.SILENT])
def test_what_breaks_before_the_message_is_deferred_and_the_next_goes_on(server, stage, how):
    server.say[stage] = only(LETTERS[0].recipient, how)
    assert outcomes() == ["deferred"] + ["accepted"] * 5


@pytest.mark.parametrize("how", [ScriptedServer.CLOSE, ScriptedServer.SILENT])
def test_a_lost_answer_is_unknown_and_what_was_offered_behind_it_is_sent_once(
    server, how, monkeypatch
):
    monkeypatch.setattr("notifications.pipeline.FINAL_DOT", 1)
    server.say["END"] = only(SECOND, how)
    assert outcomes() == ["accepted", "unknown"] + ["accepted"] * 4
    assert len(server.received) == 5


def test_the_final_answer_may_take_longer_than_a_command(server):
    import time

    server.say["END"] = lambda recipient: time.sleep(0.4)
    assert outcomes(LETTERS[:2]) == ["accepted"] * 2


def test_a_refused_sender_is_nobodys_fault(server):
    server.say["MAIL"] = lambda recipient: "553 5.7.1 not yours"
    with pytest.raises(SenderRefused, match=r"553 5\.7\.1"):
        send_all()


@pytest.mark.parametrize("reply", [ScriptedServer.CLOSE, ScriptedServer.SILENT, "421 no", "554 no"])
def test_a_server_that_does_not_greet_is_unavailable(server, reply):
    server.say["banner"] = lambda recipient: reply
    with pytest.raises(MailServerUnavailable):
        send_all()


def test_a_server_without_starttls_is_refused_where_tls_is_required(server, settings):
    settings.EMAIL_USE_TLS = True
    with pytest.raises(MailServerUnavailable, match="STARTTLS"):
        send_all()
    assert server.received == []


def test_an_address_beyond_ascii_needs_a_server_that_takes_it(settings):
    letter = Letter(RAW, "a@x.example", "dörte@bücher.example")
    for server in (ScriptedServer(), ScriptedServer(extensions=["SMTPUTF8", "8BITMIME"])):
        for _started in started(server, settings):
            answers = send_all([LETTERS[0], letter, LETTERS[2]])
            taken = "SMTPUTF8" in server._offers
            assert answers[1].outcome == ("accepted" if taken else "failed")
            assert len(server.received) == (3 if taken else 2)


@pytest.mark.parametrize("address", ["a>\r\nRCPT TO:<eve@x.example", "a b@x.example", "a@x\ny", ""])
def test_no_address_becomes_another_command(server, address):
    assert outcomes([Letter(RAW, "a@x.example", address), LETTERS[0]]) == ["failed", "accepted"]
    assert not any("eve" in command for command in server.commands)


def test_a_run_that_stops_with_a_message_offered_sends_nothing_of_it(pipelining):
    with MailServer() as server:
        server.send(LETTERS[0], LETTERS[1])
    assert [address for address, _raw in pipelining.received] == [LETTERS[0].recipient]


def test_another_message_than_the_one_offered_goes_over_a_new_connection(pipelining):
    with MailServer() as server:
        server.send(LETTERS[0], LETTERS[1])
        assert server.send(LETTERS[2]).outcome == "accepted"
    assert [address for address, _raw in pipelining.received] == ["p0@y.example", "p2@y.example"]


def test_backends_without_smtp_are_handed_the_same_bytes(settings):
    from django.core import mail

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with MailServer() as server:
        assert server.send(LETTERS[0], LETTERS[1]) == Answer("accepted", "250")
    assert mail.outbox[0].message().as_bytes() == LETTERS[0].raw


@pytest.mark.parametrize(
    ("raw", "over"),
    [
        (b".\r\n..\r\nx\r\n.y\r\n", b"..\r\n...\r\nx\r\n..y\r\n.\r\n"),
        (b"no end", b"no end\r\n.\r\n"),
        (b"", b"\r\n.\r\n"),
    ],
)
def test_dots_are_stuffed(raw, over):
    assert stuffed(raw) == over
