"""Merkle tree: one hash that stands for many leaves, and short proofs about it.

An inclusion proof shows that one leaf stands at one place under a root, without
the other leaves. A consistency proof shows that a later tree begins with all
leaves of an earlier one. A proof is the hashes that are missing to compute the
root, nearest to the leaves first.

Hashes go in and out in hexadecimal. Leaves and nodes are hashed with different
prefixes, so that a node can never pass for a leaf. Source: RFC 9162, section 2.1.
"""

import hashlib
from collections.abc import Iterable, Sequence


def root(leaves: Iterable[bytes]) -> str:
    """Merkle tree hash of the leaves in their order. Source: RFC 9162, section 2.1.1.

    Keeps one hash per leaf in memory, not the leaves.
    """
    hashes = [_leaf(leaf) for leaf in leaves]
    return (_top(hashes) if hashes else hashlib.sha256(b"").digest()).hex()


def inclusion(leaves: Iterable[bytes], index: int) -> tuple[str, ...]:
    """Proof that the leaf at ``index``, counted from 0, is one of these.

    Raises IndexError if there is no such leaf. Source: RFC 9162, section 2.1.3.1.
    """
    level = [_leaf(leaf) for leaf in leaves]
    if not 0 <= index < len(level):
        raise IndexError(f"no leaf {index} among {len(level)}")
    path = []
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1].hex())
        level, index = _above(level), index >> 1
    return tuple(path)


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[str], root: str) -> bool:
    """Whether ``leaf`` is number ``index``, from 0, of the ``size`` leaves under ``root``.

    The size decides how the path is read; it is not itself proved, so compare
    it with the number that was recorded beside the root.
    Source: RFC 9162, section 2.1.3.2.
    """
    steps, wanted = _hashes(path), _hashes([root])
    if steps is None or wanted is None or not 0 <= index < size:
        return False
    node, last, reached = index, size - 1, _leaf(leaf)
    for step in steps:
        if last == 0:
            return False
        if node & 1 or node == last:
            reached = _node(step, reached)
            node, last = _past_lonely(node, last)
        else:
            reached = _node(reached, step)
        node, last = node >> 1, last >> 1
    return last == 0 and [reached] == wanted


def consistency(leaves: Iterable[bytes], first: int) -> tuple[str, ...]:
    """Proof that the tree of the first ``first`` leaves is the beginning of this tree.

    Empty if both are the same tree. Raises ValueError unless ``first`` is
    between 1 and the number of leaves: every tree begins with the empty one.
    Source: RFC 9162, section 2.1.4.1.
    """
    hashes = [_leaf(leaf) for leaf in leaves]
    if not 0 < first <= len(hashes):
        raise ValueError(f"{first} is not between 1 and {len(hashes)}")
    return tuple(step.hex() for step in _subproof(first, hashes, is_known=True))


def verify_consistency(
    first: int, second: int, first_root: str, second_root: str, path: Sequence[str]
) -> bool:
    """Whether the tree of ``second`` leaves begins with that of ``first`` leaves.

    Source: RFC 9162, section 2.1.4.2.
    """
    steps, wanted = _hashes(path), _hashes([first_root, second_root])
    if steps is None or wanted is None or not 0 < first <= second:
        return False
    if first == second:
        return not steps and wanted[0] == wanted[1]
    if first & (first - 1) == 0:
        steps.insert(0, wanted[0])
    if not steps:
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = _node(step, old), _node(step, new)
            node, last = _past_lonely(node, last)
        else:
            new = _node(new, step)
        node, last = node >> 1, last >> 1
    return last == 0 and [old, new] == wanted


def _leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _above(level: list[bytes]) -> list[bytes]:
    """Pair neighbours; the odd one at the end moves up as it is.

    The same tree as splitting at the largest power of two, without recursion.
    """
    pairs = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return pairs + ([level[-1]] if len(level) % 2 else [])


def _top(level: list[bytes]) -> bytes:
    while len(level) > 1:
        level = _above(level)
    return level[0]


def _subproof(first: int, hashes: list[bytes], *, is_known: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162; ``is_known``: the verifier holds this subtree's hash already."""
    if first == len(hashes):
        return [] if is_known else [_top(hashes)]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    left, right = hashes[:split], hashes[split:]
    if first <= split:
        return [*_subproof(first, left, is_known=is_known), _top(right)]
    return [*_subproof(first - split, right, is_known=False), _top(left)]


def _past_lonely(node: int, last: int) -> tuple[int, int]:
    """Skip the levels on which the last node has no neighbour and moves up as it is."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _hashes(path: Sequence[str]) -> list[bytes] | None:
    """The hashes as bytes, or None if one of them is no SHA-256."""
    try:
        found = [bytes.fromhex(step) for step in path]
    except ValueError:
        return None
    return found if all(len(step) == hashlib.sha256().digest_size for step in found) else None
