"""Workers that are stopped or killed: a real process, a real signal, and a count afterwards."""

import signal
import time
from collections import Counter

import pytest

pytestmark = pytest.mark.slow

PEOPLE = [f"person{n:02}@example.org" for n in range(12)]
OURS = ("--publisher", "acme", "--policy", "privacy", "--by", "lena")
TEXT = "# Privacy\n\n## 1. Storage\n\nWe keep your name for two years.\n"
TEN_MINUTES = 600


@pytest.fixture
def announced(installation):
    """A material change announced to twelve people, on a mail server that takes its time."""
    installation.create_user("lena")
    installation.manage(
        *("create_publisher", "acme", "--name", "Acme", "--contact", "legal@acme.example"),
        *("--by", "lena"),
    )
    installation.manage("add_recipients", *PEOPLE, "--publisher", "acme", "--by", "lena")
    file = installation.folder / "text.md"
    for text in (TEXT, TEXT.replace("two", "ten")):
        file.write_text(text, encoding="utf-8")
        installation.manage("import_policy", file, *OURS)
        installation.manage("publish_version", *OURS)

    def slowly(server, envelope):
        time.sleep(0.15)

    installation.mail.answer = slowly
    return installation


def wait_for_mail(installation, count):
    end = time.monotonic() + 30
    while len(installation.mail.received) < count:
        assert time.monotonic() < end, "no mail came"
        time.sleep(0.01)


def addressees(installation):
    return Counter(str(message["To"]) for message in installation.mail.messages)


def test_a_killed_worker_leaves_nobody_out_and_costs_at_most_one_duplicate(announced):
    worker = announced.start("run_worker")
    wait_for_mail(announced, 4)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    before = len(announced.mail.received)
    assert before < len(PEOPLE)

    announced.offset += TEN_MINUTES
    announced.deliver()  # finds the expired leases
    announced.offset += TEN_MINUTES
    announced.deliver()
    told = addressees(announced)
    assert set(told) == set(PEOPLE)
    doubles = {address for address, count in told.items() if count > 1}
    assert len(doubles) <= 1
    ids = {}
    for message in announced.mail.messages:
        ids.setdefault(str(message["To"]), set()).add(message["Message-ID"])
    assert all(len(of_one) == 1 for of_one in ids.values())
    announced.offset += 40 * 86_400
    assert announced.report("show_policy", *OURS)["in force"] == 2


def test_a_worker_told_to_stop_ends_after_the_open_message_and_keeps_the_rest(announced):
    worker = announced.start("run_worker")
    wait_for_mail(announced, 3)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    before = len(announced.mail.received)
    assert before < len(PEOPLE)
    announced.deliver()  # at once: nothing is left under a lease
    told = addressees(announced)
    assert told == Counter(PEOPLE)


def test_two_workers_tell_everyone_once(announced):
    workers = [announced.start("run_worker", "--until-idle") for _ in range(2)]
    for worker in workers:
        assert worker.wait(60) == 0
    announced.deliver()
    assert addressees(announced) == Counter(PEOPLE)
