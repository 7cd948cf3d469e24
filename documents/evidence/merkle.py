"""Merkle tree hash: one hash that stands for many leaves.

Source: RFC 9162, section 2.1.1. Leaves and nodes are hashed with different
prefixes, so that a node can never pass for a leaf.
"""

import hashlib
from collections.abc import Iterable


def root(leaves: Iterable[bytes]) -> str:
    """Merkle tree hash of the leaves in their order, in hexadecimal.

    Keeps one hash per leaf in memory, not the leaves.
    """
    hashes = [_leaf(leaf) for leaf in leaves]
    return (_join(hashes) if hashes else hashlib.sha256(b"").digest()).hex()


def _leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def _join(level: list[bytes]) -> bytes:
    """Pair neighbours until one is left; the odd one at the end moves up as it is.

    The same tree as splitting at the largest power of two, without recursion.
    """
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]
