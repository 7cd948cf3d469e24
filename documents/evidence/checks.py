"""The checks of an evidence folder: its files, the log, and the words against the log.

Each returns what it found in a few words, or raises Unsound with the first
thing that does not hold. Only the log is proof: everything else in the folder
counts as far as an entry names its hash or its value.
"""

from .canonical import digest
from .chain import Link, first_break
from .contents import (
    CHAIN,
    CLAUSES,
    FIXED,
    MODULES,
    NOTICES,
    PUBLICATION,
    SUMS,
    VERSION,
    Contents,
    stated,
)
from .reading import LIST, NUMBER, TEXT, Unsound, is_same, member


def files(contents: Contents) -> str:
    """Every file is there, is as it was listed, and belongs there."""
    folder, listed = contents.folder, _listed(contents)
    present = folder.names() - {SUMS}
    for name in sorted(FIXED.union(listed, present)):
        if name not in present:
            raise Unsound(f"{name} is missing")
        if name not in FIXED and not name.startswith((f"{MODULES}/", f"{NOTICES}/")):
            raise Unsound(f"{name} does not belong in this folder")
        if name not in listed:
            raise Unsound(f"{name} is not listed in {SUMS}")
        if folder.sha256(name) != listed[name]:
            raise Unsound(f"{name} is not the file that {SUMS} names")
    return f"{len(present)} files are as {SUMS} lists them"


def _listed(contents: Contents) -> dict[str, str]:
    found: dict[str, str] = {}
    for where, line in contents.folder.lines(SUMS):
        sha256, gap, name = line.decode(errors="replace").partition("  ")
        if not gap or len(sha256) != 64 or name in found:
            raise Unsound(f"{where} cannot be read")
        found[name] = sha256
    return found


def chain(contents: Contents) -> str:
    """Every entry follows the one before it, from the first one on, in time and in one log."""
    links = contents.chain
    broken = first_break(links)
    if broken:
        raise Unsound(f"entry {broken.seq} {broken.reason}")
    if not links:
        raise Unsound(f"{CHAIN} holds no entry")
    return f"{len(links)} entries of {links[0][0].publisher}, each follows the one before it"


def head(contents: Contents, published: tuple[int, str]) -> str:
    """The log ends at the head that was published: nothing was cut off, nothing was put on."""
    last, sha256 = contents.chain[-1] if contents.chain else (None, "")
    seq = last.seq if last else 0
    if seq < published[0]:
        raise Unsound(f"the log ends at entry {seq}, before the published head {published[0]}")
    if seq > published[0]:
        raise Unsound(f"the log goes on to entry {seq}, after the published head {published[0]}")
    if sha256 != published[1]:
        raise Unsound(f"entry {seq} is not the published head")
    return f"entry {seq} is the published head"


def version(contents: Contents) -> str:
    """The record makes the version's hash, and is of this policy and number."""
    record, sha256 = contents.version["record"], contents.version["sha256"]
    if digest(record) != sha256:
        raise Unsound(f"{VERSION}: the record does not make its hash")
    for name, kinds in (("policy", TEXT), ("number", NUMBER)):
        if member(record, name, kinds, VERSION) != contents.publication[name]:
            raise Unsound(f"{VERSION}: {name} is not the one in {PUBLICATION}")
    if member(record, "publisher", TEXT, VERSION) != contents.published.publisher:
        raise Unsound(f"{VERSION} is of another publisher than the log")
    return f"version {record['number']} makes its hash {sha256}"


def clauses(contents: Contents) -> str:
    """The words of every clause make the hash that the version holds for its place.

    Of a clause that was removed by order only the hash counts, and an entry must say so.
    """
    found = contents.clauses
    places = member(contents.version["record"], "clauses", LIST, VERSION)
    if len(found) != len(places):
        raise Unsound(f"{CLAUSES} has {len(found)} clauses, the version {len(places)}")
    removed = contents.removed("texts")
    for n, (clause, place) in enumerate(zip(found, places, strict=True), 1):
        if not is_same([clause[name] for name in ("key", "level", "number", "sha256")], place):
            raise Unsound(f"{CLAUSES} clause {n} is not the version's clause at this place")
        if clause["removed"]:
            if clause["sha256"] not in removed:
                raise Unsound(f"{CLAUSES} clause {n}: no entry says that it was removed")
        elif digest({"heading": clause["heading"], "body": clause["body"]}) != clause["sha256"]:
            raise Unsound(f"{CLAUSES} clause {n}: the words do not make their hash")
    count = sum(clause["removed"] for clause in found)
    without = f", but {count} removed by order" if count else ""
    return f"the words of {len(found)} clauses make their hashes{without}"


def announced(contents: Contents) -> str:
    """The log announced this version under this proposal."""
    link = contents.published
    if stated(link, "version_sha256", TEXT) != contents.version["sha256"]:
        raise Unsound(f"entry {link.seq} announces another text than {VERSION} holds")
    if stated(link, "proposal_sha256", TEXT) != contents.publication["proposal_sha256"]:
        raise Unsound(f"entry {link.seq} names another proposal than {PUBLICATION} holds")
    if not _is_of_publication(contents, link):
        raise Unsound(f"entry {link.seq} belongs to another publication than {PUBLICATION} names")
    return f"entry {link.seq} names this version and this proposal"


def _is_of_publication(contents: Contents, link: Link) -> bool:
    """Old entries do not name their publication; its first notice then follows them directly."""
    if "publication" in link.payload:
        return is_same(link.payload["publication"], contents.publication["publication"])
    if not contents.opened:
        return True
    first = contents.opened[0].seq
    before = [one for one in contents.entries("version.published") if one.seq < first]
    return before[-1:] == [link]


def proposal(contents: Contents) -> str:
    """The proposal makes the hash that was approved, and is about this policy."""
    publication = contents.publication
    if digest(publication["proposal"]) != publication["proposal_sha256"]:
        raise Unsound(f"{PUBLICATION}: the proposal does not make its hash")
    if publication["proposal"].get("policy") != publication["policy"]:
        raise Unsound(f"{PUBLICATION}: the proposal is about another policy")
    return f"the proposal makes its hash {publication['proposal_sha256']}"
