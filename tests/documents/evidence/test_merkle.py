"""The tree of RFC 9162, section 2.1, checked against its recursive definitions and its example."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.evidence.merkle import (
    consistency,
    inclusion,
    root,
    verify_consistency,
    verify_inclusion,
)

SIZES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 1000]


def leaves_of(size):
    return [str(n).encode() for n in range(size)]


def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).hexdigest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def split(size):
    """The largest power of two below ``size``."""
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def defined_root(leaves):
    """MTH, word for word."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = split(len(leaves))
    return node_hash(defined_root(leaves[:k]), defined_root(leaves[k:]))


def defined_path(index, leaves):
    """PATH, word for word."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*defined_path(index, leaves[:k]), defined_root(leaves[k:])]
    return [*defined_path(index - k, leaves[k:]), defined_root(leaves[:k])]


def defined_subproof(first, leaves, known):
    """SUBPROOF, word for word."""
    if first == len(leaves):
        return [] if known else [defined_root(leaves)]
    k = split(len(leaves))
    if first <= k:
        return [*defined_subproof(first, leaves[:k], known), defined_root(leaves[k:])]
    return [*defined_subproof(first - k, leaves[k:], False), defined_root(leaves[:k])]


@pytest.fixture(scope="module")
def example():
    """The tree of section 2.1.5: seven leaves, its nodes by the letters used there."""
    leaves = [f"d{n}".encode() for n in range(7)]
    named = dict(zip("abcdefj", map(leaf_hash, leaves), strict=True))
    named["g"] = node_hash(named["a"], named["b"])
    named["h"] = node_hash(named["c"], named["d"])
    named["i"] = node_hash(named["e"], named["f"])
    named["k"] = node_hash(named["g"], named["h"])
    named["l"] = node_hash(named["i"], named["j"])
    return leaves, named


@pytest.mark.parametrize("size", SIZES)
def test_r62_root_is_the_defined_one(size):
    leaves = leaves_of(size)
    assert root(leaves) == defined_root(leaves)


def test_r62_the_root_of_no_leaves_is_the_hash_of_nothing():
    assert root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("index", "letters"),
    [(0, "bhl"), (3, "cgl"), (4, "fjk"), (6, "ik")],
    ids=["d0", "d3", "d4", "d6"],
)
def test_r62_inclusion_has_the_shape_of_the_rfc(example, index, letters):
    leaves, named = example
    path = inclusion(leaves, index)
    assert path == tuple(named[letter] for letter in letters)
    assert verify_inclusion(leaves[index], index, 7, path, node_hash(named["k"], named["l"]))


@pytest.mark.parametrize(("first", "letters"), [(3, "cdgl"), (4, "l"), (6, "ijk")])
def test_r62_consistency_has_the_shape_of_the_rfc(example, first, letters):
    leaves, named = example
    path = consistency(leaves, first)
    assert path == tuple(named[letter] for letter in letters)
    assert verify_consistency(first, 7, root(leaves[:first]), root(leaves), path)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 8, 1000])
def test_r62_every_leaf_is_proved(size):
    leaves = leaves_of(size)
    top = root(leaves)
    for index in range(0, size, max(1, size // 40)):
        path = inclusion(leaves, index)
        assert list(path) == defined_path(index, leaves)
        assert len(path) <= (size - 1).bit_length()
        assert verify_inclusion(leaves[index], index, size, path, top)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 8, 1000])
def test_r62_every_beginning_is_proved(size):
    leaves = leaves_of(size)
    top = root(leaves)
    for first in range(1, size + 1, max(1, size // 40)):
        path = consistency(leaves, first)
        assert list(path) == defined_subproof(first, leaves, True)
        assert len(path) <= (size - 1).bit_length() + 1
        assert verify_consistency(first, size, root(leaves[:first]), top, path)


@pytest.mark.parametrize(("size", "index"), [(0, 0), (3, 3), (3, -1)])
def test_r62_there_is_no_proof_of_a_leaf_that_is_not_there(size, index):
    with pytest.raises(IndexError):
        inclusion(leaves_of(size), index)
    assert not verify_inclusion(b"0", index, size, [], root([b"0"]))


@pytest.mark.parametrize(("size", "first"), [(0, 0), (3, 0), (3, 4), (3, -1)])
def test_r62_there_is_no_proof_of_a_beginning_that_is_none(size, first):
    with pytest.raises(ValueError, match="is not between"):
        consistency(leaves_of(size), first)
    assert not verify_consistency(first, size, root([]), root(leaves_of(size)), [])


def test_r62_a_proof_without_steps_proves_nothing():
    leaves = leaves_of(7)
    for first in range(1, 7):
        assert not verify_consistency(first, 7, root(leaves[:first]), root(leaves), [])
    assert not verify_consistency(7, 7, root(leaves), root(leaves_of(6)), [])


def changed(hexadecimal, at):
    """The same hash with one digit, counted from the left, changed."""
    digit = "0" if hexadecimal[at] != "0" else "1"
    return hexadecimal[:at] + digit + hexadecimal[at + 1 :]


DIGIT = st.integers(0, 63)


@given(st.data(), st.integers(1, 70))
def test_r62_a_tampered_inclusion_proof_fails(data, size):
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    path, top = inclusion(leaves, index), root(leaves)
    other = data.draw(st.integers(-1, size).filter(lambda n: n != index))
    at = data.draw(DIGIT)
    assert not verify_inclusion(data.draw(st.binary()) + b"?", index, size, path, top)
    assert not verify_inclusion(leaves[index], other, size, path, top)
    assert not verify_inclusion(leaves[index], index, size, path, changed(top, at))
    assert not verify_inclusion(leaves[index], index, size, [*path, top], top)
    for step in range(len(path)):
        bent = [*path[:step], changed(path[step], at), *path[step + 1 :]]
        short = [*path[:step], *path[step + 1 :]]
        assert not verify_inclusion(leaves[index], index, size, bent, top)
        assert not verify_inclusion(leaves[index], index, size, short, top)


@given(st.data(), st.integers(2, 70))
def test_r62_a_tampered_consistency_proof_fails(data, size):
    leaves = leaves_of(size)
    first = data.draw(st.integers(1, size - 1))
    path, old, new = consistency(leaves, first), root(leaves[:first]), root(leaves)
    at = data.draw(DIGIT)
    assert not verify_consistency(first, size, changed(old, at), new, path)
    assert not verify_consistency(first, size, old, changed(new, at), path)
    assert not verify_consistency(first, size, old, new, [*path, new])
    for step in range(len(path)):
        bent = [*path[:step], changed(path[step], at), *path[step + 1 :]]
        short = [*path[:step], *path[step + 1 :]]
        assert not verify_consistency(first, size, old, new, bent)
        assert not verify_consistency(first, size, old, new, short)


@given(st.data(), st.integers(2, 70))
def test_r62_a_tree_that_rewrote_its_beginning_is_not_consistent(data, size):
    leaves = leaves_of(size)
    first = data.draw(st.integers(1, size - 1))
    rewritten = [*leaves]
    rewritten[data.draw(st.integers(0, first - 1))] = b"?"
    path = consistency(rewritten, first)
    assert not verify_consistency(first, size, root(leaves[:first]), root(rewritten), path)


def test_r62_a_node_does_not_pass_for_a_leaf(example):
    leaves, named = example
    top = root(leaves)
    nodes = bytes.fromhex(named["a"] + named["b"])
    assert root([nodes]) != root(leaves[:2])
    for forged in (nodes, b"\x01" + nodes, bytes.fromhex(named["g"])):
        for size in range(1, 8):
            assert not verify_inclusion(forged, 0, size, [named["h"], named["l"]], top)


@pytest.mark.parametrize("step", ["", "zz" * 32, "ab" * 31, "ab" * 33, "a" * 63, "ab " * 21 + "a"])
def test_r62_what_is_no_hash_is_refused(step):
    leaves = leaves_of(2)
    top = root(leaves)
    assert not verify_inclusion(b"0", 0, 2, [step], top)
    assert not verify_inclusion(b"0", 0, 2, inclusion(leaves, 0), step)
    assert not verify_consistency(1, 2, root(leaves[:1]), top, [step])
    assert not verify_consistency(1, 2, step, top, consistency(leaves, 1))
