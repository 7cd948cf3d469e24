"""The only caller of a mail backend. Sorts what a server answers into five outcomes.

accepted; deferred (4yz, or the connection broke before the message went
over); failed (5yz for this person); unknown (it broke after, and the message
may have gone through). Raised, where no recipient is to blame:
MailServerUnavailable and SenderRefused.
"""

import smtplib
from dataclasses import dataclass

import django
from django.core import mail

from notifications.models.deliveries import Outcome


class SenderRefused(Exception):
    """The server takes mail, but not from this sender; no recipient is to blame."""


SHUTTING_DOWN = 421  # RFC 5321, section 3.8: the server closes the connection after it


class MailServerUnavailable(Exception):
    """The server cannot be reached, or refuses us altogether."""


@dataclass(frozen=True)
class Answer:
    """outcome: an Outcome; code: the SMTP reply code, or a word of our own."""

    outcome: str
    code: str


class MailServer:
    """One open connection; use as a context manager. Raises MailServerUnavailable."""

    def __enter__(self):
        self._backend = backend()
        self._open()
        return self

    def __exit__(self, *exc_info):
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            return  # every answer that matters is already recorded

    @property
    def hop(self):
        """The server that answers, as host:port; empty where the backend has none."""
        host = getattr(self._backend, "host", "")
        return f"{host}:{self._backend.port}" if host else ""

    def send(self, raw, *, sender, recipient):
        """Hand over the exact bytes of one mail. Returns an Answer."""
        self._open()
        self._data_begun = False
        try:
            self._backend.send_messages([RawMail(raw, sender, recipient)])
        except smtplib.SMTPRecipientsRefused as error:
            code, _text = next(iter(error.recipients.values()))
            return self._by_code(code)
        except smtplib.SMTPSenderRefused as error:
            if not _is_temporary(error.smtp_code):
                raise SenderRefused(f"sender refused ({error.smtp_code})") from error
            return self._by_code(error.smtp_code)
        except smtplib.SMTPResponseException as error:
            return self._by_code(error.smtp_code)
        except (smtplib.SMTPNotSupportedError, ValueError):
            return Answer(Outcome.FAILED, "address not supported")
        except (smtplib.SMTPException, OSError):
            self._drop()
            return self._lost()
        return Answer(Outcome.ACCEPTED, "250")

    def _by_code(self, code):
        if code == SHUTTING_DOWN:
            self._drop()
        if _is_temporary(code):
            return Answer(Outcome.DEFERRED, str(code))
        if 500 <= code < 600:
            return Answer(Outcome.FAILED, str(code))
        self._drop()  # not SMTP any more
        return self._lost()

    def _lost(self):
        """The connection broke: before the message began to go over, nobody has got it."""
        outcome = Outcome.UNKNOWN if self._data_begun else Outcome.DEFERRED
        return Answer(outcome, "connection lost")

    def _open(self):
        try:
            is_new = self._backend.open()
        except (smtplib.SMTPException, OSError) as error:
            raise MailServerUnavailable(_describe(error)) from error
        if is_new:
            self._watch(self._backend.connection)

    def _watch(self, connection):
        """Note when a message itself begins to go over the wire."""
        send_data = connection.data

        def data(message):
            self._data_begun = True
            return send_data(message)

        connection.data = data

    def _drop(self):
        """Forget a connection that no longer works; the next send opens another."""
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            self._backend = backend()


def backend():
    """A new, unopened mail backend by Django's settings."""
    if django.VERSION >= (6, 1):
        return mail.mailers["default"]
    return mail.get_connection()


class RawMail(mail.EmailMessage):
    """A finished mail: Django's backends ask for its message and get these bytes."""

    def __init__(self, raw, sender, recipient):
        super().__init__(from_email=sender, to=[recipient])
        self.raw = raw

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


def _describe(error):
    """What went wrong, without a reply text that might name a person."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return f"{type(error).__name__}: {error}"
