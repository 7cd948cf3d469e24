"""Celery on a real broker: its workers are killed like any other, and beside the plain worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from kombu import Connection

from .acme import OURS, PEOPLE, TEXT, addressees, need_one_person, write
from .commands import ROOT

pytestmark = pytest.mark.slow

BROKERS = {"RabbitMQ": "amqp://guest:guest@127.0.0.1:5672//", "Redis": "redis://127.0.0.1:6379/0"}
EVERYONE = [*PEOPLE, *(f"person{n:02}@example.org" for n in range(9))]
TEN_MINUTES = 600


@pytest.fixture(params=BROKERS)
def broker(request):
    """The URL of a broker that answers; its queue is removed afterwards."""
    url = BROKERS[request.param]
    parts = urlsplit(url)
    with socket.socket() as probe:
        probe.settimeout(2)
        if probe.connect_ex((parts.hostname, parts.port)):
            pytest.skip(f"{request.param} does not answer on {parts.hostname}:{parts.port}")
    return url


@pytest.fixture
def announced(acme_in_force, broker):
    """A material change announced to twelve people, on a mail server that takes its time."""
    acme = acme_in_force
    need_one_person(acme)
    acme.manage("add_recipients", *EVERYONE[len(PEOPLE) :], "--publisher", "acme", "--by", "lena")
    write(acme, TEXT.replace("two years", "ten years"))
    acme.manage("publish_version", *OURS)
    acme.mail.answer = lambda server, envelope: time.sleep(0.15)
    yield acme
    with Connection(broker) as connection:
        instance = (acme.folder / "instance").read_text(encoding="ascii").strip()
        connection.default_channel.queue_delete(f"legalcms.{instance}")


@contextmanager
def celery(acme, broker, *arguments):
    """A Celery worker with its beat, in a process group of its own."""
    with (acme.folder / "celery.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "legalcms", "worker", "--beat", *arguments],
            cwd=ROOT,
            env=acme.environ(CELERY_BROKER_URL=broker),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(45)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


def wait_until(acme, is_so, seconds=60):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, (acme.folder / "celery.log").read_text()[-3000:]
        time.sleep(0.02)


def told(acme):
    return Counter(addressees(acme))


def test_a_killed_celery_worker_leaves_nobody_out(announced, broker):
    with celery(announced, broker, "--concurrency", "2") as worker:
        wait_until(announced, lambda: len(announced.mail.received) >= 4)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)
    assert len(told(announced)) < len(EVERYONE)
    for _twice in range(2):  # finds the expired leases; then what is tried again
        announced.offset += TEN_MINUTES
        with celery(announced, broker, "--concurrency", "2"):
            wait_until(announced, lambda: len(told(announced)) >= len(EVERYONE) - 2)
            time.sleep(8)
    assert set(told(announced)) == set(EVERYONE)
    assert max(told(announced).values()) <= 2
    assert sum(told(announced).values()) <= len(EVERYONE) + 2  # one for each that was sending


def test_celery_and_the_plain_worker_side_by_side_tell_everyone_once(announced, broker):
    plain = announced.start("run_worker")
    try:
        with celery(announced, broker, "--concurrency", "2"):
            wait_until(announced, lambda: len(told(announced)) == len(EVERYONE))
            time.sleep(4)
    finally:
        plain.send_signal(signal.SIGTERM)
        plain.wait(20)
    assert told(announced) == Counter(EVERYONE)
