"""The only caller of a mail backend. Sorts what a server answers into five outcomes.

accepted; deferred (4yz, or the connection broke before the message went
over); failed (5yz for this person); unknown (it broke after, and the message
may have gone through). Raised, where no recipient is to blame:
MailServerUnavailable and SenderRefused.

Django's SMTP backend opens the connection, with its TLS and its login; the
messages go over it by pipeline.py. Any other backend sends them itself.
"""

import hashlib
import re
import smtplib
from dataclasses import dataclass, field

import django
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend

from notifications.models.deliveries import Outcome
from notifications.pipeline import NotOffered, Pipeline

SHUTTING_DOWN = 421  # RFC 5321, section 3.8: the server closes the connection after it
STATUS = re.compile(rb"[45]\.\d{1,3}\.\d{1,3}(?= |$)")  # RFC 3463
TIMEOUT = 30


class SenderRefused(Exception):
    """The server takes mail, but not from this sender; no recipient is to blame."""


class MailServerUnavailable(Exception):
    """The server cannot be reached, or refuses us altogether."""


@dataclass(frozen=True)
class Letter:
    """The exact bytes of one mail, None if it cannot be written, and who it is from and for."""

    raw: bytes | None = field(repr=False)
    sender: str
    recipient: str
    delivery: object = None

    @property
    def sha256(self):
        return hashlib.sha256(self.raw).hexdigest() if self.raw else ""


@dataclass(frozen=True)
class Answer:
    """outcome: an Outcome; code: reply code and status such as "550 5.1.1", or words of ours."""

    outcome: str
    code: str


CANNOT_BE_WRITTEN = Answer(Outcome.FAILED, "not a valid mail")


class MailServer:
    """One open connection; use as a context manager. Raises MailServerUnavailable."""

    def __enter__(self):
        self._backend = backend()
        self._pipeline = None
        self._open()
        return self

    def __exit__(self, *exc_info):
        self._drop()  # every answer that matters is already recorded

    @property
    def hop(self):
        """The server that answers, as host:port; empty where the backend has none."""
        host = getattr(self._backend, "host", "")
        return f"{host}:{self._backend.port}" if host else ""

    def send(self, letter, following=None):
        """Hand over one Letter. Returns an Answer.

        following: the Letter that will be next; the server hears of it in the same breath.
        """
        if letter.raw is None:
            return CANNOT_BE_WRITTEN
        self._open()
        try:
            if self._pipeline is None:
                return self._send_by_backend(letter)
            return self._send_by_pipeline(letter, following)
        except NotOffered:
            return Answer(Outcome.FAILED, "SMTPUTF8 not offered")
        except (smtplib.SMTPNotSupportedError, ValueError):
            return Answer(Outcome.FAILED, "address not supported")

    def _send_by_pipeline(self, letter, following):
        """A connection that has carried others and breaks before this one costs it nothing."""
        was_proven = self._pipeline.is_proven
        if following is not None and following.raw is None:
            following = None
        try:
            reply = self._pipeline.send(letter, following)
        except (smtplib.SMTPException, OSError):
            has_begun = self._pipeline.has_begun
            self._drop()
            if has_begun:
                return Answer(Outcome.UNKNOWN, "connection lost")
            return self._again(letter, following, was_proven) or LOST_BEFORE
        if reply.code == SHUTTING_DOWN and reply.stage != "END":
            self._drop()
            again = self._again(letter, following, was_proven)
            if again:
                return again
        return self._sorted(reply)

    def _again(self, letter, following, was_proven):
        if not was_proven:
            return None
        self._open()
        return self._send_by_pipeline(letter, following)

    def _sorted(self, reply):
        if reply.stage == "MAIL" and 500 <= reply.code < 600:
            raise SenderRefused(f"sender refused ({_written(reply.code, reply.text)})")
        return self._by_code(reply.code, reply.text, has_begun=reply.stage == "END")

    def _send_by_backend(self, letter):
        self._data_begun = False
        try:
            self._backend.send_messages([RawMail(letter)])
        except smtplib.SMTPRecipientsRefused as error:
            return self._by_code(*next(iter(error.recipients.values())), has_begun=False)
        except smtplib.SMTPSenderRefused as error:
            if not _is_temporary(error.smtp_code):
                raise SenderRefused(f"sender refused ({error.smtp_code})") from error
            return self._by_code(error.smtp_code, error.smtp_error, has_begun=False)
        except smtplib.SMTPNotSupportedError:
            raise
        except smtplib.SMTPResponseException as error:
            return self._by_code(error.smtp_code, error.smtp_error, self._data_begun)
        except (smtplib.SMTPException, OSError):
            self._drop()
            return self._lost(self._data_begun)
        return Answer(Outcome.ACCEPTED, "250")

    def _by_code(self, code, text, has_begun):
        if code == SHUTTING_DOWN:
            self._drop()
        if 200 <= code < 300:
            return Answer(Outcome.ACCEPTED, str(code))
        if _is_temporary(code):
            return Answer(Outcome.DEFERRED, _written(code, text))
        if 500 <= code < 600:
            return Answer(Outcome.FAILED, _written(code, text))
        self._drop()  # not SMTP any more
        return self._lost(has_begun)

    def _lost(self, has_begun):
        """The connection broke: before the message began to go over, nobody has got it."""
        return Answer(Outcome.UNKNOWN, "connection lost") if has_begun else LOST_BEFORE

    def _open(self):
        try:
            if self._backend.open():
                self._take_over(getattr(self._backend, "connection", None))
        except (smtplib.SMTPException, OSError) as error:
            self._drop()  # or it would be taken for open, without its TLS or its login
            raise MailServerUnavailable(_describe(error)) from error

    def _take_over(self, connection):
        if type(self._backend) is EmailBackend:
            connection.ehlo_or_helo_if_needed()
            self._pipeline = Pipeline(connection, self._backend.timeout or TIMEOUT)
        elif isinstance(connection, smtplib.SMTP):
            self._watch(connection)

    def _watch(self, connection):
        """Note when a message itself begins to go over the wire."""
        send_data = connection.data

        def data(message):
            self._data_begun = True
            return send_data(message)

        connection.data = data

    def _drop(self):
        """Forget a connection that no longer works; the next send opens another."""
        if self._pipeline and not self._pipeline.is_clean:
            self._backend.connection.close()
        self._pipeline = None
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self._backend = backend()


LOST_BEFORE = Answer(Outcome.DEFERRED, "connection lost")


def backend():
    """A new, unopened mail backend by Django's settings."""
    if django.VERSION >= (6, 1):
        return mail.mailers["default"]
    return mail.get_connection()


class RawMail(mail.EmailMessage):
    """A finished mail: Django's backends ask for its message and get these bytes."""

    def __init__(self, letter):
        super().__init__(from_email=letter.sender, to=[letter.recipient])
        self.raw = letter.raw

    def message(self, **kwargs):
        return Finished(self.raw)


class Finished:
    """The part of a message that mail backends use, over bytes that are already made."""

    def __init__(self, raw):
        self.raw = raw

    def as_bytes(self, *args, **kwargs):
        return self.raw

    def as_string(self, *args, **kwargs):
        return self.raw.decode()

    def get_charset(self):
        return None


def _is_temporary(code):
    return 400 <= code < 500


def _written(code, text):
    """The code with the status that the reply begins with; never its words, which may name one."""
    status = STATUS.match(text if isinstance(text, bytes) else text.encode())
    return f"{code} {status[0].decode()}" if status else str(code)


def _describe(error):
    """What went wrong, without a reply text that might name a person."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return f"{type(error).__name__}: {error}"
