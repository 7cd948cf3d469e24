"""Make an evidence folder: what is handed in, the program that checks it, the list of hashes.

Not part of the folder itself; see contents.py for what belongs in it.
"""

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from .canonical import plain
from .contents import MODULES, PROGRAM, SUMS

Content = bytes | Iterable[bytes]

COPIED = (
    "__init__.py",
    "canonical.py",
    "chain.py",
    "checks.py",
    "commitment.py",
    "contents.py",
    "merkle.py",
    "notices.py",
    "pack.py",
    "reading.py",
    "receipt.py",
    "timetable.py",
)

_PROGRAM = '''\
"""Check this folder: python3 verify.py --help. Needs Python 3.11 or newer, nothing else."""

import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("Python 3.11 or newer is needed.")

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))

from evidence.pack import main

if __name__ == "__main__":
    sys.exit(main(HERE))
'''

_README = """\
EVIDENCE
{title}, version {number}
{publisher}


How to check it

    python3 verify.py --head SEQ:SHA256

It needs Python 3.11 or newer, no installation and no network. Each line says
"ok" or "FAILED" and names the first thing that does not hold; "note" tells of
something that was not checked.

SEQ:SHA256 is the head of the publisher's log as it was published when this
folder was made, for entry {seq}. Do not take it from this folder. Take it from

    {heads_url}

or better from where the publisher cannot change it afterwards: a copy that you
kept, a message that you received, a time stamp. This folder was made at

    {seq}:{sha256}


What it proves

- The words of this version are the words that the log announced, to the letter,
  under the proposal that was approved.
- The log was not changed, from its first entry to the head that you compare it
  with: nothing edited, removed, inserted, reordered or cut off.
- When the version was announced, cleared and to take effect, by the log.
- What each notice said, and one line for every person who was to be told. The
  lines hold no address: a code stands for it that only the person's salt links
  to the address. All lines together make the hash that the log sealed.


What it does not prove

- That anybody read a notice. "accepted" says that a mail server took the message
  over. Accepted is not delivered, and accepted is not read.
- That the clock was right. Times are those of the publisher's computers, in UTC;
  from outside only this is sure: an entry is older than the head that covers it.
- That a text "recorded later" applied from the day that is given for it: that day
  is the publisher's word. The log shows when it was recorded.
- That everything was recorded. The log shows what was, in its order.
- That this program is the right one. It came with the folder; if in doubt, take
  the program from the publisher's software of that release.
- SHA256SUMS finds damage, not forgery: who changes a file can change that too.


One person's line

    python3 verify.py --proof FILE
    python3 verify.py --proof FILE --address ADDRESS --salt HEX

shows that one line is among those that were sealed, and that it is about an
address. Once the salt is destroyed, nobody can link the two; the rest still
verifies.


What is here

version.json       what the version's hash is made over
clauses.json       its clauses in reading order, with the hash of each one's words
publication.json   the proposal and the timetable
chain.jsonl        the log, one entry a line
notices/           for each notice its facts, its messages, and the lines of proof
evidence/          the modules of verify.py
SHA256SUMS         the hash of every other file: sha256sum --check SHA256SUMS
"""


def readme(publisher: str, title: str, number: int, head: tuple[int, str], heads_url: str) -> bytes:
    """README.txt. head: (seq, sha256) of the last entry here; heads_url: where heads are public."""
    seq, sha256 = head
    return _README.format(
        publisher=publisher,
        title=title,
        number=number,
        seq=seq,
        sha256=sha256,
        heads_url=heads_url,
    ).encode()


def readable(value: Any) -> bytes:
    """A canonical value as JSON that people can read: a file of a folder that is not hashed."""
    return f"{json.dumps(plain(value), ensure_ascii=False, indent=1)}\n".encode()


def sources() -> dict[str, bytes]:
    """File name → bytes of each module that checks a folder, as this package runs it."""
    package = Path(__file__).parent
    return {name: (package / name).read_bytes() for name in COPIED}


def write(folder: Path, contents: Mapping[str, Content]) -> None:
    """Write an evidence folder: ``contents``, the program that checks it, and SHA256SUMS.

    contents: name with slashes → bytes, or an iterable of lines without their
    ends, for files that are too large to hold. Raises ValueError for a name
    that does not stay inside or is taken, FileExistsError if the folder is not empty.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    program = {PROGRAM: _PROGRAM.encode()}
    program |= {f"{MODULES}/{name}": data for name, data in sources().items()}
    for name in contents:
        if PurePosixPath(name).is_absolute() or ".." in name.split("/") or name in {*program, SUMS}:
            raise ValueError(f"{name} cannot be a file of an evidence folder")
    parts = itertools.chain(contents.items(), program.items())
    sums = {name: _write(folder / name, content) for name, content in parts}
    lines = (f"{sums[name]}  {name}\n" for name in sorted(sums))
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _write(file: Path, content: Content) -> str:
    """Returns the SHA-256 of what was written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    with file.open("wb") as out:
        for part in _parts(content):
            out.write(part)
            sha256.update(part)
    return sha256.hexdigest()


def _parts(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    else:
        yield from (line + b"\n" for line in content)
