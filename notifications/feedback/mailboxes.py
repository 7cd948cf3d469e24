"""The mailbox that reports come to: a Maildir, an mbox file, or a folder over IMAP with TLS.

One shape for all: go through the mails, drop what is recorded, set aside what
is for a person. Nothing is marked while it is read, so that every run that was
cut off can be run again.
"""

import mailbox
from pathlib import Path
from urllib.parse import unquote, urlsplit

from notifications.feedback.imap import ImapFolder

ASIDE = "not-understood"
MAX_BYTES = 5_000_000  # of one mail; a larger one is set aside unread


class LocalBox:
    """A mailbox of the standard library; ``aside`` takes what is for a person."""

    def __init__(self, box, aside):
        self._box, self._aside = box, aside

    def __enter__(self):
        self._box.lock()
        return self

    def __exit__(self, *exc_info):
        self._box.close()  # flushes and unlocks
        self._aside.close()

    def mails(self):
        """(key, bytes) of each; None instead of bytes where it is too large."""
        for key in list(self._box.keys()):  # iterated, a mailbox gives its mails, not their keys
            with self._box.get_file(key) as file:
                raw = file.read(MAX_BYTES + 1)
            yield key, raw if len(raw) <= MAX_BYTES else None

    def drop(self, key):
        self._box.discard(key)

    def set_aside(self, key):
        """Kept there before it is taken from here."""
        self._aside.lock()
        self._aside.add(self._box.get_bytes(key))
        self._aside.flush()
        self._aside.unlock()
        self._box.discard(key)


def open_mailbox(url):
    """A context manager over ``maildir:///path``, ``mbox:///path`` or ``imaps://…/folder``.

    Raises OSError where it is not there, and ValueError for any other text.
    """
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    if parts.scheme == "maildir":
        box = mailbox.Maildir(existing(path), create=False)
        names = box.list_folders()
        aside = box.get_folder(ASIDE) if ASIDE in names else box.add_folder(ASIDE)
        return LocalBox(box, aside)
    if parts.scheme == "mbox":
        aside = path.with_name(f"{path.name}.{ASIDE}")
        return LocalBox(mailbox.mbox(existing(path), create=False), mailbox.mbox(aside))
    if parts.scheme == "imaps" and parts.hostname:
        return ImapFolder(
            host=parts.hostname,
            port=parts.port or 993,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            aside=ASIDE,
            max_bytes=MAX_BYTES,
        )
    raise ValueError("expected maildir:///path, mbox:///path or imaps://user:password@host/folder")


def existing(path):
    if not path.exists():
        raise FileNotFoundError(2, "There is no such mailbox", str(path))
    return path
