"""What an evidence folder holds, read when it is asked for.

version.json      record: what Version.record() returns; sha256: its hash
clauses.json      the clauses in reading order, each with the hash of its words
publication.json  ids, the proposal with its hash, the timetable
chain.jsonl       the publisher's log, one entry per line, from the first to the head
notices/ROUND/    notice.json, message-LANGUAGE.json, and deliveries.jsonl once settled:
                  the leaves under the notice's Merkle root, as they were sealed
README.txt        for people
verify.py         runs the check with the modules in evidence/
SHA256SUMS        of every other file, for ``sha256sum --check``; finds damage, not forgery
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from .canonical import canonical
from .chain import Link
from .reading import (
    FLAG,
    LIST,
    MAPPING,
    MOMENT,
    NUMBER,
    TEXT,
    Folder,
    Kinds,
    Unsound,
    member,
    members,
    moment,
    parsed,
)

VERSION, CLAUSES, PUBLICATION = "version.json", "clauses.json", "publication.json"
CHAIN, README, PROGRAM, SUMS = "chain.jsonl", "README.txt", "verify.py", "SHA256SUMS"
FIXED = frozenset([VERSION, CLAUSES, PUBLICATION, CHAIN, README, PROGRAM])
MODULES, NOTICES = "evidence", "notices"

_ENTRY = {
    "publisher": TEXT,
    "seq": NUMBER,
    "at": TEXT,
    "kind": TEXT,
    "actor": TEXT,
    "payload": MAPPING,
    "previous": TEXT,
    "sha256": TEXT,
}
_CLAUSE = {
    "key": TEXT,
    "level": NUMBER,
    "number": TEXT,
    "heading": TEXT,
    "body": TEXT,
    "sha256": TEXT,
    "removed": FLAG,
}
# Further members must stand in the log under the same name; checks.timetable compares them.
_PUBLICATION = {
    "publication": NUMBER,
    "policy": TEXT,
    "number": NUMBER,
    "proposal": MAPPING,
    "proposal_sha256": TEXT,
    "announced_at": TEXT,
    "effective_at": TEXT,
    "cleared_at": MOMENT,
    "held_at": MOMENT,
    "withdrawn_at": MOMENT,
}


def entry_line(link: Link, sha256: str) -> bytes:
    """One line of chain.jsonl, without its end."""
    return canonical(vars(link) | {"sha256": sha256})


def read_entry(line: bytes, where: str) -> tuple[Link, str]:
    """The link and its stored hash; the reverse of ``entry_line``."""
    value = members(parsed(line, where), _ENTRY, where)
    if canonical(value) != line:
        raise Unsound(f"{where} is not in canonical form")
    sha256 = value.pop("sha256")
    return Link(**(value | {"at": moment(value["at"], where)})), sha256


class Contents:
    """The parts of a folder. Each raises Unsound when it is asked for and cannot be read."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    @cached_property
    def chain(self) -> tuple[tuple[Link, str], ...]:
        return tuple(read_entry(line, where) for where, line in self.folder.lines(CHAIN))

    @cached_property
    def version(self) -> dict[str, Any]:
        return self.folder.json(VERSION, {"record": MAPPING, "sha256": TEXT})

    @cached_property
    def clauses(self) -> list[dict[str, Any]]:
        found = parsed(self.folder.read(CLAUSES), CLAUSES)
        if not isinstance(found, list):
            raise Unsound(f"{CLAUSES} is not a JSON list")
        return [members(one, _CLAUSE, f"{CLAUSES} clause {n}") for n, one in enumerate(found, 1)]

    @cached_property
    def publication(self) -> dict[str, Any]:
        return self.folder.json(PUBLICATION, _PUBLICATION, is_open=True)

    def entries(self, kind: str, **named: Any) -> Iterator[Link]:
        """The entries of a kind whose payload has these members, in their order."""
        for link, _sha256 in self.chain:
            said = {name: link.payload.get(name) for name in named}
            if link.kind == kind and said == named:
                yield link

    @cached_property
    def published(self) -> Link:
        """The entry that announced this version: exactly one."""
        named = {name: self.publication[name] for name in ("policy", "number")}
        found = list(self.entries("version.published", **named))
        what = f"version {named['number']} of policy {named['policy']}"
        if not found:
            raise Unsound(f"{CHAIN}: no entry announces {what}")
        if len(found) > 1:
            raise Unsound(f"entry {found[1].seq} announces {what} a second time")
        return found[0]

    @cached_property
    def opened(self) -> tuple[Link, ...]:
        """The entries that opened the notices of this publication."""
        return tuple(self.entries("notice.opened", publication=self.publication["publication"]))

    def removed(self, what: str) -> list[Any]:
        """The hashes of this policy's ``texts`` or ``messages`` that were removed by order."""
        entries = self.entries("text.removed", policy=self.publication["policy"])
        return [sha256 for link in entries for sha256 in stated(link, what, LIST)]

    def settled(self, opened: Link) -> Link | None:
        """The entry that sealed the notice, or None if none did before the head."""
        named = {name: opened.payload.get(name) for name in ("publication", "round")}
        found = list(self.entries("notice.settled", **named))
        if len(found) > 1:
            raise Unsound(f"entry {found[1].seq} settles a notice a second time")
        return found[0] if found else None


def stated(link: Link, name: str, kinds: Kinds) -> Any:
    """A member of an entry's payload that must be there."""
    return member(link.payload, name, kinds, f"entry {link.seq}")
