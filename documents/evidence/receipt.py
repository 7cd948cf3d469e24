"""The proof of a single person's line: it is one of those that a notice was sealed with.

Its file needs nothing but the log beside it. With the address and the person's
salt it also shows that the line is about that address, while the salt exists.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from . import merkle
from .canonical import canonical
from .commitment import commitment
from .contents import Contents, stated
from .notices import read_leaf
from .reading import LIST, NUMBER, TEXT, Unsound, is_same, members, parsed

_RECEIPT = {"leaf": TEXT, "index": NUMBER, "size": NUMBER, "path": LIST, "root": TEXT}


def receipt(leaves: Iterable[bytes], index: int, root: str) -> bytes:
    """The proof file for the leaf at ``index``, from 0. Keeps one leaf and all hashes in memory.

    root: as the notice was sealed. Raises IndexError if there is no such leaf
    and ValueError if the leaves do not make the root.
    """
    found, size = b"", 0

    def passing() -> Iterator[bytes]:
        nonlocal found, size
        for leaf in leaves:
            found = leaf if size == index else found
            size += 1
            yield leaf

    path = merkle.inclusion(passing(), index)
    if not merkle.verify_inclusion(found, index, size, path, root):
        raise ValueError(f"the leaves do not make the root {root}")
    return canonical(
        {"leaf": found.decode(), "index": index, "size": size, "path": path, "root": root}
    )


def read_receipt(file: Path) -> dict[str, Any]:
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise Unsound(f"{file.name} cannot be read: {problem.strerror}") from None
    found = members(parsed(data, file.name), _RECEIPT, file.name)
    if not all(isinstance(step, str) for step in found["path"]):
        raise Unsound(f"{file.name}: path holds something that is no hash")
    return found


def included(file: Path) -> str:
    """The line stands at its place under the root that the file names."""
    proof = read_receipt(file)
    leaf, place = proof["leaf"].encode(), (proof["index"], proof["size"])
    if not merkle.verify_inclusion(leaf, *place, proof["path"], proof["root"]):
        raise Unsound(f"{file.name}: the line is not under the root at this place")
    return f"line {proof['index'] + 1} of {proof['size']} is under the root {proof['root']}"


def sealed(contents: Contents, file: Path) -> str:
    """An entry of the log sealed that root, over as many lines, for the notice that it names."""
    proof = read_receipt(file)
    leaf = read_leaf(proof["leaf"].encode(), f"{file.name} leaf")
    named = {name: leaf[name] for name in ("publication", "round")}
    for link in contents.entries("notice.settled", **named):
        root, size = stated(link, "deliveries_root", TEXT), stated(link, "planned", NUMBER)
        if root == proof["root"] and is_same(size, proof["size"]):
            return f"entry {link.seq} sealed this root on {link.at.isoformat()}: {_told(leaf)}"
    raise Unsound(f"{file.name}: no entry of the log sealed this root for this notice")


def about(file: Path, address: str, salt: str) -> str:
    """The line is about this address."""
    leaf = read_leaf(read_receipt(file)["leaf"].encode(), f"{file.name} leaf")
    try:
        found = commitment(address, salt)
    except ValueError:
        raise Unsound("the salt is not hexadecimal, or the address is no text") from None
    if found != leaf["commitment"]:
        raise Unsound(f"{file.name}: the line is not about this address under this salt")
    return "the line is about this address"


def _told(leaf: dict[str, Any]) -> str:
    at = leaf.get("accepted_at")
    return f"{leaf['state']} {at} (accepted is not read)" if at else str(leaf["state"])
