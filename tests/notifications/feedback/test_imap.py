"""The mailbox over IMAP: with TLS, a certificate that is checked, and nothing lost on the way."""

import json

import pytest
from django.core.management import CommandError, call_command

from notifications.feedback import mailboxes
from notifications.models import Delivery, DeliveryEvent
from tests import factories
from tests.imap_server import ImapServer
from tests.notifications.feedback.mails import answer, dsn

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(tmp_path, monkeypatch):
    made = ImapServer(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate))
    yield made
    made.stop()


@pytest.fixture
def url(server, settings):
    settings.BOUNCES_URL = f"imaps://legal:secret@localhost:{server.port}/INBOX"
    return settings.BOUNCES_URL


@pytest.fixture
def delivery(announced, smtp):
    factories.work()
    return Delivery.objects.first()


def reading(capsys):
    call_command("read_bounces", "--json")
    return json.loads(capsys.readouterr().out)


def test_what_is_recorded_is_removed_and_the_rest_set_aside(server, url, delivery, capsys):
    server.folders["INBOX"] = {3: dsn(message_id=delivery.message_id), 7: answer()}
    assert reading(capsys) == {"recorded": 1, "not understood": 1}
    assert server.folders["INBOX"] == {}
    assert list(server.folders["not-understood"]) == [7]
    assert delivery.events.get().kind == "bounced"
    server.folders["INBOX"] = {8: answer()}
    assert reading(capsys) == {"recorded": 0, "not understood": 1}, "the folder is there already"


def test_a_mail_that_is_too_large_is_never_fetched(server, url, delivery, capsys, monkeypatch):
    monkeypatch.setattr(mailboxes, "MAX_BYTES", 100)
    server.folders["INBOX"] = {1: dsn(message_id=delivery.message_id)}
    assert reading(capsys) == {"recorded": 0, "not understood": 1}
    assert not DeliveryEvent.objects.exists()
    assert list(server.folders["not-understood"]) == [1]


def test_a_reading_that_was_cut_off_is_done_again_and_counts_once(
    server, url, delivery, capsys, monkeypatch
):
    server.folders["INBOX"] = {1: dsn(message_id=delivery.message_id)}
    monkeypatch.setattr(server, "do_store", lambda rest: [None], raising=False)
    with pytest.raises(CommandError, match="mailbox cannot be read"):
        reading(capsys)
    monkeypatch.undo()
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    call_command("read_bounces", url)
    assert DeliveryEvent.objects.count() == 1
    assert server.folders["INBOX"] == {}


def test_a_wrong_password_ends_in_one_message_that_does_not_show_it(server, url, db):
    with pytest.raises(CommandError, match="refuses the login") as refused:
        call_command("read_bounces", url.replace("secret", "hunter2"))
    assert "hunter2" not in str(refused.value)


def test_a_certificate_that_nobody_trusts_is_refused(server, url, db, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(CommandError, match="certificate"):
        call_command("read_bounces", url)
