"""The checks of the notices: their words, and the line of proof of each person.

``accepted`` says that a mail server took a message over. Whether anybody read
it is another fact, and nothing here proves it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import merkle
from .canonical import digest
from .chain import Link
from .contents import NOTICES, Contents, stated
from .reading import FLAG, MAPPING, MOMENT, NUMBER, TEXT, Unsound, is_same, member, members, parsed
from .timetable import Fact, confirm

SETTLED = frozenset(["accepted", "resent", "failed", "excluded"])
_MESSAGE = {"subject": TEXT, "text": TEXT, "html": TEXT, "sha256": TEXT, "removed": FLAG}
# Further members must stand in the log under the same name.
_NOTICE = {
    "publication": NUMBER,
    "round": NUMBER,
    "notice_kind": TEXT,
    "audience": MAPPING,
    "opened_at": TEXT,
    "sealed_at": MOMENT,
}
_LEAF = {"publication": NUMBER, "round": NUMBER, "commitment": TEXT, "state": TEXT}


@dataclass
class Tally:
    """Counts the lines of proof of one notice while they pass."""

    contents: Contents
    opened: Link
    states: Counter[str] = field(default_factory=Counter)
    last_accepted_at: str | None = None

    def leaves(self) -> Iterator[bytes]:
        messages = stated(self.opened, "messages", MAPPING)
        for where, line in self.contents.folder.lines(_in_folder(self.opened, "deliveries.jsonl")):
            leaf = read_leaf(line, where)
            for name in ("publication", "round"):
                if leaf[name] != self.opened.payload[name]:
                    raise Unsound(f"{where} is about another notice")
            if not is_same(member(leaf, "messages", MAPPING, where), messages):
                raise Unsound(f"{where} names other messages than entry {self.opened.seq}")
            self.states[leaf["state"]] += 1
            # Instants are written in one form, in which the order of letters is that of time.
            accepted_at = leaf.get("accepted_at")
            if accepted_at is not None:
                text = member(leaf, "accepted_at", TEXT, where)
                self.last_accepted_at = max(self.last_accepted_at or text, text)
            yield line


def read_leaf(line: bytes, where: str) -> dict[str, Any]:
    """A person's line of proof as an object. Raises Unsound if it is not that of a settled one."""
    leaf = members(parsed(line, where), _LEAF, where, is_open=True)
    if leaf["state"] not in SETTLED:
        raise Unsound(f"{where} is not settled: {leaf['state']}")
    return leaf


def rounds(contents: Contents) -> str:
    """The folder holds a part for every notice that the log opened, and no other."""
    opened = {str(stated(link, "round", NUMBER)) for link in contents.opened}
    paths = (name.split("/") for name in contents.folder.names())
    found = {path[1] for path in paths if path[0] == NOTICES and len(path) > 1}
    for name in sorted(opened ^ found):
        problem = "is missing" if name in opened else "is a notice that no entry opened"
        raise Unsound(f"{NOTICES}/{name} {problem}")
    return f"{len(opened)} notices were opened, and all are here"


def notice(contents: Contents, opened: Link) -> str:
    """The messages, facts and lines of proof of one notice are those that the log names."""
    settled = contents.settled(opened)
    names = {"notice.json", *_messages(contents, opened)}
    if settled:
        names.add("deliveries.jsonl")
    _require_files(contents, opened, names)
    _facts(contents, opened, settled)
    if settled is None:
        return f"entry {opened.seq} names its messages; not settled at this head"
    states = _sealed(contents, opened, settled).states
    counts = ", ".join(f"{states[name]} {name}" for name in sorted(SETTLED))
    return f"entry {opened.seq} names its messages, entry {settled.seq} seals: {counts}"


def _messages(contents: Contents, opened: Link) -> Iterator[str]:
    """The names of the files of a notice's messages, each checked against its hash."""
    for language, sha256 in stated(opened, "messages", MAPPING).items():
        if not language.isascii() or not language.replace("-", "").isalnum():
            raise Unsound(f"entry {opened.seq} names a message in no language: {language}")
        name = f"message-{language}.json"
        path = _in_folder(opened, name)
        message = contents.folder.json(path, _MESSAGE)
        if message["sha256"] != sha256:
            raise Unsound(f"{path} states another hash than entry {opened.seq}")
        _require_words(contents, message, path)
        yield name


def _require_words(contents: Contents, message: dict[str, Any], path: str) -> None:
    """Of a message that held words removed by order only the hash counts, and an entry says so."""
    sha256 = message["sha256"]
    if message["removed"]:
        if sha256 not in contents.removed("messages"):
            raise Unsound(f"{path}: no entry says that it was removed")
    elif digest({part: message[part] for part in ("subject", "text", "html")}) != sha256:
        raise Unsound(f"{path}: the words do not make their hash")


def _require_files(contents: Contents, opened: Link, names: set[str]) -> None:
    start = _in_folder(opened, "")
    present = {name for name in contents.folder.names() if name.startswith(start)}
    for name in sorted(present ^ {start + name for name in names}):
        raise Unsound(f"{name} {'does not belong there' if name in present else 'is missing'}")


def _facts(contents: Contents, opened: Link, settled: Link | None) -> None:
    """notice.json says what the entries that opened and sealed it say."""
    name = _in_folder(opened, "notice.json")
    facts = contents.folder.json(name, _NOTICE, is_open=True)
    said = {**(settled.payload if settled else {}), **opened.payload}
    for key in sorted(facts.keys() - {"opened_at", "sealed_at"}):
        if key not in said or not is_same(facts[key], said[key]):
            raise Unsound(f"{name}: {key} is not what the log says")
    confirm(Fact(opened), facts["opened_at"], "opened_at", name)
    confirm(Fact(settled) if settled else None, facts["sealed_at"], "sealed_at", name)


def _sealed(contents: Contents, opened: Link, settled: Link) -> Tally:
    """The lines make the root that was sealed, and are what was counted."""
    tally = Tally(contents, opened)
    root, name = merkle.root(tally.leaves()), _in_folder(opened, "deliveries.jsonl")
    if root != stated(settled, "deliveries_root", TEXT):
        raise Unsound(f"{name}: the lines do not make the root in entry {settled.seq}")
    found: dict[str, Any] = {state: tally.states[state] for state in SETTLED}
    found |= {"planned": tally.states.total(), "last_accepted_at": tally.last_accepted_at}
    # Old entries counted no more than these two.
    for what in sorted({"planned", "accepted"}.union(found.keys() & settled.payload.keys())):
        if not is_same(settled.payload.get(what), found[what]):
            raise Unsound(f"{name}: {what} is {found[what]}, entry {settled.seq} counted otherwise")
    return tally


def _in_folder(opened: Link, name: str) -> str:
    return f"{NOTICES}/{stated(opened, 'round', NUMBER)}/{name}"
