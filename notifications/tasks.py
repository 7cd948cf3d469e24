"""What Celery runs: the steps of worker.py and the duties, each message without a word of payload.

A task says "do what is due", never for whom. It can run twice, at once and
beside ``run_worker``: rows are claimed, and due-times are rows.
"""

import logging
import time

from legalcms.celery import app
from notifications import duties, worker
from notifications.errors import RestoredCopy

logger = logging.getLogger(__name__)
SEND_FOR = 30  # seconds for one message; a machine that is told to stop ends within them
VERIFY_LIMIT = 6 * 3600  # seconds: reading a whole record takes what it takes


@app.task(name="notifications.go_round")
def go_round():
    """One round of all steps."""
    until = time.monotonic() + SEND_FOR
    with_own_database(worker.run_round, keep_going=lambda: time.monotonic() < until)


@app.task(name="notifications.send")
def send():
    """Batch after batch, until nothing is due or the time is up; any number at once."""
    with_own_database(send_batches)


def send_batches():
    """What comes before sending in a round comes first here, too."""
    until = time.monotonic() + SEND_FOR
    worker.require_own_database()
    worker.pause_overdue(worker.NAME)
    worker.beat()
    while time.monotonic() < until and worker.send_batch(
        keep_going=lambda: time.monotonic() < until
    ):
        continue


@app.task(name="notifications.watch")
def watch():
    with_own_database(duties.keep, "watch")


@app.task(name="notifications.verify", time_limit=VERIFY_LIMIT, soft_time_limit=VERIFY_LIMIT - 60)
def verify():
    duties.keep("verify")


@app.task(name="notifications.stamp")
def stamp():
    duties.keep("stamp")


def with_own_database(work, *arguments, **named):
    """A restored copy does nothing. It says so in each tick, in one line."""
    try:
        work(*arguments, **named)
    except RestoredCopy as refused:
        logger.error("%s", refused)
