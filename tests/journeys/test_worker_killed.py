"""Workers that are stopped or killed: a real process, a real signal, and a count afterwards."""

import signal
import time
from collections import Counter

import pytest

from .acme import OURS, PEOPLE, TEXT, addressees, need_one_person, notices, standing, write

pytestmark = pytest.mark.slow

EVERYONE = [*PEOPLE, *(f"person{n:02}@example.org" for n in range(9))]
TEN_MINUTES = 600


@pytest.fixture
def announced(acme_in_force):
    """A material change announced to twelve people, on a mail server that takes its time."""
    acme = acme_in_force
    need_one_person(acme)
    acme.manage("add_recipients", *EVERYONE[len(PEOPLE) :], "--publisher", "acme", "--by", "lena")
    write(acme, TEXT.replace("two years", "ten years"))
    acme.manage("publish_version", *OURS)

    def slowly(server, envelope):
        time.sleep(0.15)

    acme.mail.answer = slowly
    return acme


def wait_for_mail(acme, count):
    end = time.monotonic() + 30
    while len(acme.mail.received) < count:
        assert time.monotonic() < end, "no mail came"
        time.sleep(0.01)


def test_a_killed_worker_leaves_nobody_out_and_costs_at_most_one_duplicate(announced):
    worker = announced.start("run_worker")
    wait_for_mail(announced, 4)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    before = len(announced.mail.received)
    assert before < len(EVERYONE)

    announced.offset += TEN_MINUTES
    announced.deliver()  # finds the expired leases
    announced.offset += TEN_MINUTES
    announced.deliver()
    told = Counter(addressees(announced))
    assert set(told) == set(EVERYONE)
    doubles = {address for address, count in told.items() if count > 1}
    assert len(doubles) <= 1
    ids = {}
    for message in notices(announced):
        ids.setdefault(str(message["To"]), set()).add(message["Message-ID"])
    assert all(len(of_one) == 1 for of_one in ids.values())
    announced.pass_days(40)
    assert standing(announced)["in force"] == 2


def test_a_worker_told_to_stop_ends_after_the_open_message_and_keeps_the_rest(announced):
    worker = announced.start("run_worker")
    wait_for_mail(announced, 3)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    before = len(announced.mail.received)
    assert before < len(EVERYONE)
    announced.deliver()  # at once: nothing is left under a lease
    assert Counter(addressees(announced)) == Counter(EVERYONE)


def test_two_workers_tell_everyone_once(announced):
    workers = [announced.start("run_worker", "--until-idle") for _ in range(2)]
    for worker in workers:
        assert worker.wait(60) == 0
    announced.deliver()
    assert Counter(addressees(announced)) == Counter(EVERYONE)
