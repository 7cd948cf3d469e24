"""Send what is due: claim, commit, send, record. Nothing goes out inside a transaction.

Messages go in windows. Their attempts are committed together before the first
of them goes over the wire, and their answers together after the last, in the
transaction that begins the next window: what a crash may repeat is one window.
It grows only as far as the mail server is quick (schedule.next_window).
"""

import logging
import time
from itertools import zip_longest

from django.db import transaction

from legalcms import clock
from notifications import breaker
from notifications.actions.begin_attempts import begin_attempts
from notifications.actions.claim import claim, due_notices, release
from notifications.actions.record_answer import record_answers
from notifications.mailer import Answer, Letter, MailServer, MailServerUnavailable, SenderRefused
from notifications.messages import mail_for
from notifications.mime import build
from notifications.models.deliveries import Outcome
from notifications.return_path import return_path
from notifications.schedule import LEASE, next_window

logger = logging.getLogger(__name__)
WINDOWS_A_CLAIM = 4
ROUND = 10  # seconds until the other steps of a worker have their turn
NOT_SENT = Answer(Outcome.NOT_SENT, "")


def send_batch(*, keep_going=lambda: True):
    """Send what is due, for some seconds, over one connection. Returns how many were tried.

    keep_going: asked before each message; when it answers no, the rest is given back.
    """
    if breaker.SERVER in breaker.closed_to() or not due_notices(clock.now()).exists():
        return 0
    try:
        with MailServer() as server:
            run = Run(server, keep_going)
            run.send_all()
    except MailServerUnavailable as problem:
        breaker.trip(breaker.SERVER, problem)
        logger.warning("Mail server out of reach: %s", problem)
        return 0
    breaker.reset(*(run.working | {breaker.SERVER} if run.tried else ()))
    return run.tried


class Run:
    """What one worker sends over one connection.

    tried: number of messages that were answered for; working: senders that were answered.
    """

    def __init__(self, server, keep_going):
        self.server = server
        self.keep_going = keep_going
        self.tried = 0
        self.working = set()
        self._answered = []
        self._refused = set()
        self._size = 1
        self._ends_at = time.monotonic() + ROUND

    def send_all(self):
        """Claim by claim. What was answered is recorded whatever ends the run."""
        try:
            while self.keep_going() and time.monotonic() < self._ends_at:
                deliveries = claim(limit=self._size * WINDOWS_A_CLAIM)
                if not deliveries:
                    return
                self._send_claimed(deliveries)
        finally:
            record_answers(self._answered, hop=self.server.hop)

    def _send_claimed(self, waiting):
        """Window by window; what is left when it ends early is given back."""
        try:
            while waiting and self.keep_going():
                window, waiting = waiting[: self._size], waiting[self._size :]
                letters = self._begin(window)
                began = time.monotonic()
                self._send_window(letters)
                self._size = next_window(len(window), time.monotonic() - began)
        finally:
            release(waiting)

    def _begin(self, window):
        """One transaction: the answers to the last window, and the attempts of this one."""
        now = clock.now()  # one instant in the mails and in the record: bytes can be made again
        letters = [written(delivery, now) for delivery in window]
        with transaction.atomic():
            begun = begin_attempts(letters, now)
            record_answers(self._answered, hop=self.server.hop)
        self._answered = []
        return begun

    def _send_window(self, letters):
        """Notes the Answer to every letter, whatever happens."""
        ends_at = time.monotonic() + LEASE.total_seconds() / 2
        try:
            for letter, following in zip_longest(letters, letters[1:]):
                if not self.keep_going() or time.monotonic() > ends_at:
                    break
                self._answered.append((letter.delivery, self._send(letter, following)))
        finally:
            unsent = letters[len(self._answered) :]
            self._answered += [(letter.delivery, NOT_SENT) for letter in unsent]

    def _send(self, letter, following):
        sender = sender_of(letter.delivery)
        if sender in self._refused:
            return NOT_SENT
        try:
            answer = self.server.send(letter, following)
        except SenderRefused as problem:
            self._refused.add(sender)
            breaker.trip(sender, problem)
            logger.warning("Delivery %s: %s", letter.delivery.pk, problem)
            return NOT_SENT
        self.tried += 1
        self.working.add(sender)
        return answer


def sender_of(delivery):
    return delivery.notice.sender_email


def written(delivery, now):
    """The Letter of one delivery; without bytes if it cannot be written as a mail."""
    try:
        raw = build(mail_for(delivery, now))
    except ValueError:
        logger.warning("Delivery %s cannot be written as a mail", delivery.pk)
        raw = None
    return Letter(raw, return_path(delivery), delivery.recipient.email, delivery)
