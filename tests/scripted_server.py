"""An SMTP server that does as a test says at each stage, with or without PIPELINING."""

import socket
import threading


class ScriptedServer:
    """Keeps what it accepts: ``received`` has (recipient, content with dots unstuffed) pairs.

    say: stage → function of the recipient (None at "banner" and "EHLO") that
    returns a reply, None for the usual one, or CLOSE, or SILENT. Stages: banner,
    EHLO, MAIL, RCPT, DATA, END.
    """

    CLOSE, SILENT = object(), object()

    def __init__(self, pipelining=True, extensions=()):
        self.say = {}
        self.received = []
        self.connections = 0
        self.commands = []
        self._offers = [*extensions, *(["PIPELINING"] if pipelining else [])]
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self):
        self._listening.close()

    def _accept(self):
        while True:
            try:
                connection, _peer = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            with connection, connection.makefile("rwb") as stream:
                Session(self, stream).run()
        except OSError:
            return


class Session:
    def __init__(self, server, stream):
        self.server, self.stream = server, stream
        self.recipient = None
        self.is_open = True

    def run(self):
        self.answer("banner", "220 here")
        while self.is_open and (command := self.stream.readline()):
            verb = command[:4].decode().upper().strip()
            self.server.commands.append(command.decode().strip())
            getattr(self, f"do_{verb.lower()}")(command.decode())

    def do_ehlo(self, command):
        offers = "".join(f"250-{offer}\r\n" for offer in self.server._offers)
        self.answer("EHLO", f"250-here\r\n{offers}250 HELP")

    def do_mail(self, command):
        self.recipient = None
        self.answer("MAIL", "250 ok")

    def do_rcpt(self, command):
        address = command.partition("<")[2].partition(">")[0]
        if self.answer("RCPT", "250 ok", address):
            self.recipient = address

    def do_data(self, command):
        if self.recipient is None:
            self.write("503 who for?")
        elif self.answer("DATA", "354 go on", self.recipient):
            self.read_content()

    def read_content(self):
        content = b""
        while (line := self.stream.readline()) != b".\r\n":
            if not line:
                self.is_open = False
                return
            content += line[1:] if line.startswith(b".") else line
        if self.server.say.get("END", lambda recipient: None)(self.recipient) is None:
            self.server.received.append((self.recipient, content))
        self.answer("END", "250 taken", self.recipient)

    def do_rset(self, command):
        self.recipient = None
        self.write("250 ok")

    def do_quit(self, command):
        self.write("221 bye")
        self.is_open = False

    def answer(self, stage, usual, recipient=None):
        """Whether the answer was the usual one."""
        said = self.server.say.get(stage, lambda recipient: None)(recipient)
        if said is ScriptedServer.CLOSE:
            self.is_open = False
            raise ConnectionAbortedError
        if said is ScriptedServer.SILENT:
            threading.Event().wait(20)
            raise ConnectionAbortedError
        self.write(said or usual)
        return said is None

    def write(self, reply):
        self.stream.write(reply.encode() + b"\r\n")
        self.stream.flush()
