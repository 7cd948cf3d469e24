"""What ``make run`` starts: demo, site, worker and mail server, all stopped by Ctrl-C."""

import signal
import socket
import stat
import time

import pytest

from .installation import wait_for_port

pytestmark = pytest.mark.slow


@pytest.fixture
def fresh(installation):
    """An installation that uses the demo's own mail server, on the port after the site's."""
    installation.mail.stop()
    installation.environment["LEGALCMS_EMAIL_URL"] = f"smtp://127.0.0.1:{installation.mail.port}"
    return installation


def mails(installation):
    return sorted((installation.folder / "mail").glob("*.eml"))


def wait_until(happened, seconds=40):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def test_the_demo_runs_delivers_its_pending_notice_and_stops(fresh):
    told = fresh.manage("load_demo")
    login = fresh.folder / "login.txt"
    assert login.read_text().strip() in told
    assert stat.S_IMODE(login.stat().st_mode) == 0o600
    past = len(mails(fresh))
    assert past == 6

    running = fresh.start("run_demo")
    wait_for_port(fresh.port, running)
    page = fresh.page("/brindle/privacy/")
    assert "version 2" in page
    assert "newsletter" in page
    wait_until(lambda: len(mails(fresh)) == 2 * past)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 0
    for port in (fresh.port, fresh.mail.port):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0

    again = fresh.manage("load_demo")
    assert "Playing" not in again
    assert login.read_text().strip() in again
    wait_until(lambda: fresh.report("verify_evidence")["versions"] == 4)


def test_every_installation_gets_a_password_of_its_own(fresh, tmp_path_factory, template):
    fresh.manage("load_demo")
    first = (fresh.folder / "login.txt").read_text()
    other = tmp_path_factory.mktemp("other")
    url = template.copy(other)
    fresh.environment |= {"DATA": str(other), "DATABASE_URL": url}
    fresh.manage("load_demo")
    template.drop(url)
    assert (other / "login.txt").read_text() != first
    assert (other / "secret-key").read_text() != (fresh.folder / "secret-key").read_text()


def test_when_one_part_ends_everything_is_stopped_and_said(fresh):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", fresh.port))
        taken.listen()
        running = fresh.start("run_demo")
        assert running.wait(60) == 1
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", fresh.mail.port)) != 0
