"""R-63: a head is stamped by an authority that can be trusted, or stays listed without a stamp."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command

from documents import authority as our_authority
from documents.actions.stamp_head import stamp_head
from documents.errors import AuthorityFailed, NoAuthority, RootsUnreadable
from documents.evidence import timestamps
from documents.models import Chain, TimeStamp
from legalcms import clock
from tests import factories
from tests.time_authority import StampServer

pytestmark = [pytest.mark.django_db, pytest.mark.real_clock]


@pytest.fixture
def publisher():
    return factories.publisher(factories.admin())


@pytest.fixture
def server(authority, settings):
    """Answers as it should; a test gives it another answer."""
    server = StampServer(authority.answer).start()
    settings.TSA_URL = server.url
    settings.TSA_ROOTS = authority.folder / "root.pem"
    yield server
    server.stop()


def refusal(publisher):
    """Why no stamp was taken; nothing is left of the attempt, and the head is listed."""
    with pytest.raises(AuthorityFailed) as refused:
        stamp_head(publisher=publisher)
    assert not TimeStamp.objects.exists()
    return str(refused.value)


def test_r63_the_head_is_stamped(publisher, server, authority):
    head = Chain.objects.get(publisher=publisher)
    stamp = stamp_head(publisher=publisher)
    assert (stamp.seq, stamp.sha256) == (head.seq, head.sha256)
    assert stamp.authority == server.url
    assert abs(stamp.stamped_at - clock.now()) < timedelta(minutes=1)
    again = timestamps.check_token(bytes(stamp.token), head.sha256, authority.roots)
    assert again.gen_time == stamp.stamped_at


def test_stamping_does_not_move_the_head(publisher, server):
    before = Chain.objects.get(publisher=publisher).seq
    stamp_head(publisher=publisher)
    assert Chain.objects.get(publisher=publisher).seq == before


def test_a_head_is_stamped_once(publisher, server):
    assert stamp_head(publisher=publisher) == stamp_head(publisher=publisher)
    assert len(server.queries) == 1


def test_a_new_head_is_stamped_anew(publisher, server):
    stamp_head(publisher=publisher)
    factories.publish(factories.policy(factories.admin(), of=publisher), factories.admin())
    stamp_head(publisher=publisher)
    assert TimeStamp.objects.count() == 2


def test_r63_an_authority_that_is_down_leaves_the_head_without_a_stamp(
    publisher, server, settings, capsys
):
    url = settings.TSA_URL
    settings.TSA_URL = "http://127.0.0.1:9/"
    assert "does not answer" in refusal(publisher)
    call_command("verify_evidence")
    assert f"{publisher.slug}: head 1 has no time stamp" in capsys.readouterr().out
    settings.TSA_URL = url
    assert stamp_head(publisher=publisher)
    call_command("verify_evidence")
    assert "has no time stamp" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (500, "answered 500"),
        (b"", "no answer of a time stamp authority"),
        (b"<html>busy</html>", "no answer of a time stamp authority"),
        (b"x" * (our_authority.MAX_BYTES + 1), "too long"),
    ],
)
def test_r63_an_answer_that_is_none_is_refused(publisher, server, reply, says):
    server.answer = lambda query: reply
    assert says in refusal(publisher)


def test_an_answer_that_takes_too_long_is_given_up(publisher, server, monkeypatch):
    monkeypatch.setattr(our_authority, "LONGEST", -1)
    assert "takes too long" in refusal(publisher)


def test_r63_a_wrong_nonce_is_refused(publisher, server, authority):
    head = Chain.objects.get(publisher=publisher)
    old = authority.answer(timestamps.request(head.sha256).body)
    server.answer = lambda query: old
    assert "its nonce is not ours" in refusal(publisher)


def test_r63_a_wrong_imprint_is_refused(publisher, server, authority, monkeypatch):
    right = timestamps.request

    def another(digest):
        """Asks about something else, under the nonce of this request."""
        asked = right("cd" * 32)
        return timestamps.Request(digest, asked.nonce, asked.body)

    monkeypatch.setattr(timestamps, "request", another)
    assert "its imprint is not ours" in refusal(publisher)


def test_r63_an_expired_certificate_is_refused(publisher, server, authority):
    server.answer = lambda query: authority.answer(query, signer="expired")
    assert "cannot be trusted" in refusal(publisher)


def test_r63_an_authority_that_nobody_trusts_is_refused(publisher, server, stranger):
    server.answer = stranger.answer
    assert "cannot be trusted" in refusal(publisher)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_stamp_that_is_far_from_our_clock_is_refused(publisher, server, minutes):
    with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
        assert "our clock does not" in refusal(publisher)


def test_without_an_authority_the_way_to_name_one_is_said(publisher, settings):
    settings.TSA_URL, settings.TSA_ROOTS = "", None
    with pytest.raises(NoAuthority, match="LEGALCMS_TSA_URL"):
        stamp_head(publisher=publisher)


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_roots_that_cannot_be_used_are_named_before_anybody_is_asked(
    publisher, server, settings, tmp_path, content
):
    settings.TSA_ROOTS = tmp_path / "roots.pem"
    if content:
        settings.TSA_ROOTS.write_text(content)
    with pytest.raises(RootsUnreadable, match=r"roots\.pem"):
        stamp_head(publisher=publisher)
    assert not server.queries


def test_a_name_in_the_record_holds_no_password(settings):
    settings.TSA_URL = "https://somebody:secret@tsa.example:8443/stamp?key=1"
    assert our_authority.name() == "https://tsa.example:8443/stamp"


def test_the_command_stamps_one_or_every_log_and_says_so(publisher, server, capsys):
    other = factories.publisher(factories.admin())
    call_command("stamp_evidence", publisher=publisher.slug)
    assert TimeStamp.objects.get().publisher == publisher
    call_command("stamp_evidence", all=True)
    assert f"publisher: {other.slug}" in capsys.readouterr().out
    assert TimeStamp.objects.count() == 2


def test_r63_the_command_fails_clearly_and_a_later_run_gets_the_stamp(publisher, server, authority):
    server.answer = lambda query: 503
    with pytest.raises(CommandError, match="answered 503"):
        call_command("stamp_evidence", all=True)
    server.answer = authority.answer
    call_command("stamp_evidence", all=True)
    assert TimeStamp.objects.count() == 1


def test_the_public_page_names_the_newest_stamp(publisher, server, client):
    factories.publish(factories.policy(factories.admin(), of=publisher), factories.admin())
    assert "time-stamped" not in client.get(f"/{publisher.slug}/").content.decode()
    stamp = stamp_head(publisher=publisher)
    page = client.get(f"/{publisher.slug}/").content.decode()
    assert f"Entry {stamp.seq} was time-stamped on" in page
    assert "by 127.0.0.1." in page
