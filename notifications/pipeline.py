"""Messages one after the other over an open smtplib connection, as fast as its server allows.

Where the server offers PIPELINING (RFC 2920), MAIL, RCPT and DATA go in one
write, behind the final dot of the message before: one round trip a message
instead of four. smtplib opens the connection and reads the replies; it cannot
do this, nor can aiosmtplib (docs/adr/0021).
"""

from typing import NamedTuple

from notifications.mime_headers import address

FINAL_DOT = 4  # times as long as for a command: the server may look at the message first
GO_ON = 354


class Reply(NamedTuple):
    """stage: MAIL, RCPT, DATA or END, the command that was refused, or END for the message."""

    stage: str
    code: int
    text: bytes


class NotOffered(Exception):
    """The server does not take addresses beyond ASCII."""


class Pipeline:
    """One connection. ``has_begun``: whether the message at hand itself went over, or in part.

    ``is_proven``: whether the connection has carried a message before.
    """

    def __init__(self, connection, timeout):
        self._connection = connection
        self._timeout = timeout
        self._can_pipeline = connection.has_extn("pipelining")
        self._offered = None
        self._must_reset = False
        self.has_begun = False
        self.is_proven = False

    @property
    def is_clean(self):
        """Whether nothing was promised that has not been sent: QUIT would be taken for content."""
        return self._offered is None

    def send(self, letter, following=None):
        """Send one message. Returns its final Reply.

        following: the letter that will be sent next, offered in the same write.
        Raises OSError and smtplib's exceptions where the connection breaks,
        NotOffered, ValueError for what is no address.
        """
        self.has_begun = False
        if self._offered is None:
            replies = self._negotiate(letter)
        elif self._offered is letter:
            replies = self._read(letter)
        else:
            raise ConnectionAbortedError("another message was offered")
        self._offered = None
        refusal = self._refusal(replies)
        if refusal:
            return refusal
        return self._send_content(letter, following)

    def _negotiate(self, letter):
        """Offer a message. Returns the replies to its commands."""
        commands = self._commands(letter)
        if self._can_pipeline:
            self._write(b"".join(commands))
            return self._read(letter)
        replies = []
        for stage, command in zip(("RSET",) * (len(commands) - 3) + STAGES, commands, strict=True):
            self._write(command)
            replies.append(self._reply(stage))
            if stage != "RSET" and replies[-1].code >= 400:
                break
        self._must_reset = False
        return [reply for reply in replies if reply.stage != "RSET"]

    def _commands(self, letter):
        sender, recipient = address(letter.sender), address(letter.recipient)
        options = self._options(letter, is_ascii=sender.isascii() and recipient.isascii())
        commands = [b"RSET\r\n"] if self._must_reset else []
        return [
            *commands,
            f"MAIL FROM:<{sender}>{options}\r\n".encode(),
            f"RCPT TO:<{recipient}>\r\n".encode(),
            b"DATA\r\n",
        ]

    def _options(self, letter, is_ascii):
        offers = self._connection.esmtp_features
        size = f" SIZE={len(letter.raw)}" if "size" in offers else ""
        if is_ascii:
            return size
        if "smtputf8" not in offers:
            raise NotOffered
        return f"{size} BODY=8BITMIME SMTPUTF8"

    def _read(self, letter):
        """The replies to commands that went over together."""
        if self._must_reset:
            self._reply("RSET")
            self._must_reset = False
        return [self._reply(stage) for stage in STAGES]

    def _refusal(self, replies):
        """The first reply that says no, or None."""
        refusal = next((reply for reply in replies if reply.code >= 400 or reply.code < 200), None)
        if refusal is None:
            return None
        if replies[-1].code == GO_ON:  # RFC 2920, section 3.1: there is nobody to send it to
            self._write(b".\r\n")
            self._reply("END")
        else:
            self._must_reset = True
        return refusal

    def _send_content(self, letter, following):
        self.has_begun = True
        content = stuffed(letter.raw)
        if self._can_pipeline and following is not None:
            content += self._offer(following)
        self._write(content)
        self._connection.sock.settimeout(self._timeout * FINAL_DOT)
        reply = self._reply("END")
        self._connection.sock.settimeout(self._timeout)
        self.is_proven = True
        return reply

    def _offer(self, following):
        """Commands for the next message; empty if they cannot be written."""
        try:
            commands = b"".join(self._commands(following))
        except (NotOffered, ValueError):
            return b""
        self._offered = following
        return commands

    def _write(self, data):
        self._connection.send(data)

    def _reply(self, stage):
        code, text = self._connection.getreply()
        return Reply(stage, code, text)


STAGES = ("MAIL", "RCPT", "DATA")


def stuffed(raw):
    """A message as DATA carries it: no line is a dot alone, and then one is."""
    content = raw.replace(b"\r\n.", b"\r\n..")
    if content.startswith(b"."):
        content = b"." + content
    return content + (b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")
