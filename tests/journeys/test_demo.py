"""What ``make run`` starts: demo, site, worker and mail server, all stopped by Ctrl-C."""

import signal
import socket
import stat
import time

import pytest

from .installation import wait_for_port

pytestmark = pytest.mark.slow

SENDER = b"legal@brindle.example"


@pytest.fixture
def fresh(installation):
    """An installation that uses the demo's own mail server, on the port after the site's."""
    installation.mail.stop()
    installation.environment["LEGALCMS_EMAIL_URL"] = f"smtp://127.0.0.1:{installation.mail.port}"
    return installation


def notices(installation):
    """The mails in the demo publisher's name; not those of the software to its team."""
    mails = sorted((installation.folder / "mail").glob("*.eml"))
    return [mail for mail in mails if SENDER in mail.read_bytes()]


def logins(installation):
    return (installation.folder / "login.txt").read_text().splitlines()


def wait_until(happened, seconds=40):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def test_the_demo_runs_delivers_its_pending_notice_and_stops(fresh):
    told = fresh.manage("load_demo")
    login = fresh.folder / "login.txt"
    assert [user.split()[1] for user in logins(fresh)] == ["admin,", "rosa,"]
    assert all(user in told for user in logins(fresh))
    assert stat.S_IMODE(login.stat().st_mode) == 0o600
    past = len(notices(fresh))
    assert past == 6

    running = fresh.start("run_demo")
    wait_for_port(fresh.port, running)
    page = fresh.page("/brindle/privacy/")
    assert "version 2" in page
    assert "newsletter" in page
    wait_until(lambda: len(notices(fresh)) == 2 * past)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 0
    for port in (fresh.port, fresh.mail.port):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0

    again = fresh.manage("load_demo")
    assert "Playing" not in again
    assert all(user in again for user in logins(fresh))
    assert fresh.report("verify_evidence")["versions"] == 4
    terms = ("--publisher", "brindle", "--policy", "terms", "--by", "admin")
    standing = fresh.report("show_policy", *terms)
    assert standing["in force"] == 1
    assert "announced" not in standing  # proposed, and waiting for another person


def test_every_installation_gets_a_password_of_its_own(
    fresh, tmp_path_factory, databases, migrated
):
    fresh.manage("load_demo")
    first = (fresh.folder / "login.txt").read_text()
    other = tmp_path_factory.mktemp("other")
    url = databases.copy(migrated, other)
    fresh.environment |= {"DATA": str(other), "DATABASE_URL": url}
    fresh.manage("load_demo")
    fresh.close()
    databases.drop(url)
    assert (other / "login.txt").read_text() != first
    assert (other / "secret-key").read_text() != (fresh.folder / "secret-key").read_text()


def test_a_demo_that_could_not_be_played_is_played_the_next_time(fresh):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", fresh.mail.port))
        taken.listen()
        assert "is taken" in fresh.refusal("load_demo")
    assert all(user in fresh.manage("load_demo") for user in logins(fresh))


def test_when_one_part_ends_everything_is_stopped_and_said(fresh):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", fresh.port))
        taken.listen()
        running = fresh.start("run_demo")
        assert running.wait(60) == 1
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", fresh.mail.port)) != 0
