"""The tree of RFC 9162, section 2.1.1, checked against its recursive definition."""

import hashlib

import pytest

from documents.evidence.merkle import root


def defined(leaves):
    """The definition, word for word: split at the largest power of two below n."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:k]) + defined(leaves[k:])).digest()


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 1000])
def test_root_is_the_defined_one(size):
    leaves = [str(n).encode() for n in range(size)]
    assert root(leaves) == defined(leaves).hex()


def test_a_node_does_not_pass_for_a_leaf():
    left, right = (hashlib.sha256(b"\x00" + leaf).digest() for leaf in (b"a", b"b"))
    assert root([left + right]) != root([b"a", b"b"])
