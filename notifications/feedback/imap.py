"""A folder over IMAP, with TLS from the first byte and the server's certificate checked."""

import imaplib
import re
import ssl

TIMEOUT = 30  # seconds
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class ImapFolder:
    """See mailboxes.py. Mails are named by their UID. Raises OSError for whatever goes wrong."""

    def __init__(self, *, host, port, user, password, folder, aside, max_bytes):
        self._address, self._login = (host, port), (user, password)
        self._folder, self._aside, self._max_bytes = folder, aside, max_bytes

    def __enter__(self):
        context = ssl.create_default_context()
        try:
            self._server = imaplib.IMAP4_SSL(*self._address, ssl_context=context, timeout=TIMEOUT)
        except imaplib.IMAP4.error as error:
            raise OSError(f"the server answers in a way that is not IMAP ({error})") from error
        try:
            self._log_in()
            self._ask(self._server.select, quoted(self._folder))
        except OSError:
            self._server.shutdown()
            raise
        return self

    def _log_in(self):
        try:
            self._server.login(*self._login)
        except imaplib.IMAP4.error as error:  # its words may repeat what was sent
            raise OSError("the server refuses the login") from error

    def __exit__(self, *exc_info):
        try:
            self._server.close()  # removes what is marked as deleted
        except (OSError, imaplib.IMAP4.error):
            return  # what matters is recorded; the mails are read again and count once
        finally:
            self._server.shutdown()

    def mails(self):
        for uid in self._ask(self._server.uid, "SEARCH", "UNDELETED")[0].split():
            yield uid.decode(), self._read(uid.decode())

    def _read(self, uid):
        sizes = self._ask(self._server.uid, "FETCH", uid, "(RFC822.SIZE)")
        found = SIZE.search(b"".join(line for line in sizes if isinstance(line, bytes)))
        if found is None or int(found[1]) > self._max_bytes:
            return None
        answer = self._ask(self._server.uid, "FETCH", uid, "(BODY.PEEK[])")
        return next((line[1] for line in answer if isinstance(line, tuple)), None)

    def drop(self, uid):
        self._ask(self._server.uid, "STORE", uid, "+FLAGS", r"(\Deleted)")

    def set_aside(self, uid):
        """Copied before it is marked: a connection that breaks in between costs a second copy."""
        self._server.create(quoted(self._aside))  # refused where it is there already
        self._ask(self._server.uid, "COPY", uid, quoted(self._aside))
        self.drop(uid)

    def _ask(self, command, *arguments):
        try:
            status, answer = command(*arguments)
        except imaplib.IMAP4.error as error:
            raise OSError(f"the server answers in a way that is not IMAP ({error})") from error
        if status != "OK":
            raise OSError(f"the server refuses {arguments[0]}")
        return answer


def quoted(folder):
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
