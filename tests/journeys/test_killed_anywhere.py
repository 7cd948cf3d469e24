"""A worker that is killed at one statement after the other, and many workers at once."""

import os
import signal
import sqlite3
import threading
import time
from collections import Counter

import psycopg
import pytest

from .acme import OURS, PEOPLE, TEXT, addressees, need_one_person, notices, write

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

# A worker that kills itself when it has sent so many statements to the database.
KILLED = """
import os, signal
from django.core.management import call_command
from django.db import connection
left = [{number}]
def count(execute, sql, params, many, context):
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return execute(sql, params, many, context)
with connection.execute_wrapper(count):
    call_command("run_worker", "--until-idle")
"""
LONG_ENOUGH = 600  # for leases and retries


@pytest.fixture
def announced(acme_in_force):
    acme = acme_in_force
    need_one_person(acme)
    return acme


def announce(acme, years):
    write(acme, TEXT.replace("two years", f"{years} years"))
    acme.manage("publish_version", *OURS)


def rows(acme, statement):
    url = acme.environment["DATABASE_URL"]
    if url.startswith("sqlite"):
        database = sqlite3.connect(url.removeprefix("sqlite:///"))
    else:
        database = psycopg.connect(url)
    try:
        return database.execute(statement).fetchall()
    finally:
        database.close()


def states(acme):
    """How the newest notice's deliveries ended."""
    return rows(
        acme,
        "SELECT state, count(*) FROM notifications_delivery WHERE notice_id ="
        " (SELECT max(notice_id) FROM notifications_delivery) GROUP BY state",
    )


def test_r09_killed_at_any_statement_each_person_gets_one_or_two_copies(announced):
    """Each round withdraws what the last announced, and begins anew."""
    acme, number, was_killed = announced, 0, True
    while was_killed:
        acme.mail.received.clear()
        announce(acme, 100 + number)
        killed = acme.python(KILLED.format(number=number))
        was_killed = killed.returncode == -signal.SIGKILL
        assert was_killed or killed.returncode == 0, killed.stderr
        for _round in range(2):
            acme.offset += LONG_ENOUGH
            acme.deliver()
        told = Counter(addressees(acme))
        assert set(told) == set(PEOPLE), f"killed at statement {number}: {told}"
        assert max(told.values()) <= 2, f"killed at statement {number}: {told}"
        ids = {}
        for message in notices(acme):
            ids.setdefault(str(message["To"]), set()).add(message["Message-ID"])
        assert all(len(of_one) == 1 for of_one in ids.values())
        assert states(acme) == [("accepted", len(PEOPLE))], f"killed at statement {number}"
        acme.manage("withdraw_publication", "--reason", "Again.", *OURS)
        acme.deliver()
        number += STEP
    assert number > 40


STEP = int(os.environ.get("KILL_EVERY", "17"))  # 1: at every statement, half an hour


@pytest.mark.parametrize("number", [2, 50])
def test_r21_many_workers_send_each_message_once(announced, number):
    acme = announced
    if number > 2 and acme.environment["DATABASE_URL"].startswith("sqlite"):
        pytest.skip("SQLite has a single writer; two workers are enough to show it")
    everyone = [f"person{n}@example.org" for n in range(300)]
    acme.manage("add_recipients", *everyone, "--publisher", "acme", "--by", "lena")
    announce(acme, "ten")
    workers = [acme.start("run_worker", "--until-idle") for _ in range(number)]
    for worker in workers:
        assert worker.wait(600) == 0
    acme.deliver()
    assert Counter(addressees(acme)) == Counter([*PEOPLE, *everyone])
    assert states(acme) == [("accepted", len(PEOPLE) + 300)]


def test_r23_a_worker_stopped_past_its_lease_costs_at_most_one_copy_each(announced):
    acme = announced
    announce(acme, "ten")
    on_the_wire = threading.Event()

    def answer(server, envelope):
        """The worker waits for it, outside any transaction: SQLite has one writer."""
        on_the_wire.set()
        time.sleep(2)

    acme.mail.answer = answer
    asleep = acme.start("run_worker", "--until-idle")
    assert on_the_wire.wait(60)
    asleep.send_signal(signal.SIGSTOP)
    acme.mail.answer = None
    for _round in range(2):
        acme.offset += LONG_ENOUGH
        acme.deliver()
    asleep.send_signal(signal.SIGCONT)
    assert asleep.wait(60) == 0
    told = Counter(addressees(acme))
    assert set(told) == set(PEOPLE)
    assert sum(told.values()) <= len(PEOPLE) + 1
    assert states(acme) == [("accepted", len(PEOPLE))]
