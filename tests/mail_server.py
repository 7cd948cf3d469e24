"""A real SMTP server for tests, in a thread of its own."""

import email
import email.policy
import socket

from aiosmtpd.controller import Controller


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """A real SMTP server that keeps what it accepts.

    ``answer``: None, or a function of (server, envelope) that returns another
    reply to DATA; ``recipient_answer`` and ``sender_answer``: the same for an
    address at RCPT and at MAIL.
    """

    def __init__(self, port):
        self.port = port
        self.received = []
        self.answer = None
        self.recipient_answer = None
        self.sender_answer = None
        self.session_server = None
        self._controller = None

    def start(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def stop(self):
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = self.sender_answer(address) if self.sender_answer else None
        if answer:
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.session_server = server
        answer = self.recipient_answer(address) if self.recipient_answer else None
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.answer(server, envelope) if self.answer else None
        if answer:
            return answer
        self.received.append(envelope)
        return "250 OK"

    @property
    def messages(self):
        return [
            email.message_from_bytes(envelope.original_content, policy=email.policy.default)
            for envelope in self.received
        ]
