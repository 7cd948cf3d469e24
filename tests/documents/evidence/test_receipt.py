"""One person can be shown that the line about them is among those that were sealed."""

import json
from pathlib import Path

import pytest

from documents.evidence.merkle import root
from documents.evidence.pack import verify_receipt
from documents.evidence.receipt import receipt

from .sample import PEOPLE, SALT, Sample, failures


@pytest.fixture
def proof(tmp_path):
    """The proof file of the first person of round 2, who was told."""
    file = tmp_path / "proof.json"
    leaves = Sample().leaves(2)
    file.write_bytes(receipt(iter(leaves), 0, root(leaves)))
    return file


def changed(proof, **changes):
    proof.write_text(json.dumps(json.loads(proof.read_bytes()) | changes))
    return proof


def test_every_line_is_proved(folder, tmp_path, sample):
    leaves = sample.leaves(2)
    for index in range(len(leaves)):
        file = tmp_path / f"{index}.json"
        file.write_bytes(receipt(leaves, index, root(leaves)))
        person = (PEOPLE[index], SALT)
        assert verify_receipt(folder, file, sample.head, person).holds


def test_a_proof_needs_nothing_but_the_folder(folder, proof, alone):
    done = alone(folder, "--proof", str(proof), "--address", " ada@EXAMPLE.org ", "--salt", SALT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "line 1 of 4" in done.stdout
    assert "entry 9 sealed this root" in done.stdout
    assert "accepted is not read" in done.stdout
    assert "the line is about this address" in done.stdout


@pytest.mark.parametrize(
    ("address", "salt", "problem"),
    [
        ("bob@example.org", SALT, "not about this address"),
        ("Ada@example.org", SALT, "not about this address"),
        (PEOPLE[0], "00" * 16, "not about this address"),
        (PEOPLE[0], "salt", "the salt is not hexadecimal"),
        ("\udcff", SALT, "the address is no text"),
        ("", "", "not about this address"),
    ],
)
def test_another_address_or_salt_is_refused(folder, proof, address, salt, problem):
    report = verify_receipt(folder, proof, None, (address, salt))
    assert problem in failures(report)["address"]


@pytest.mark.parametrize(
    "changes",
    [
        {"index": 1},
        {"path": []},
        {"path": ["0" * 64, "0" * 64]},
        {"path": ["zz", "é"]},
        {"root": "0" * 64},
        {"leaf": Sample().leaves(2)[1].decode()},
    ],
)
def test_r62_a_tampered_proof_is_refused(folder, proof, changes):
    assert "proof.json" in failures(verify_receipt(folder, changed(proof, **changes)))["proof"]


@pytest.mark.parametrize(
    "changes",
    [
        {"path": None},
        {"path": [1]},
        {"index": True},
        {"size": "4"},
        {"leaf": "no line"},
        {"leaf": "{}"},
        {"more": 1},
    ],
)
def test_a_proof_that_cannot_be_read_is_refused(folder, proof, changes, alone):
    file = changed(proof, **changes)
    done = alone(folder, "--proof", str(file))
    assert (done.returncode, done.stderr) == (1, "")
    assert "proof.json" in done.stdout


@pytest.mark.parametrize("name", ["none.json", "."])
def test_a_proof_that_is_not_there_is_refused(folder, tmp_path, name):
    assert "cannot be read" in failures(verify_receipt(folder, tmp_path / name))["proof"]


def test_a_made_up_tree_is_not_sealed(folder, tmp_path):
    sample = Sample()
    sample.states[2] = ["accepted"] * 4
    leaves = sample.leaves(2)
    file = tmp_path / "proof.json"
    file.write_bytes(receipt(leaves, 2, root(leaves)))
    assert failures(verify_receipt(folder, file)) == {
        "sealed": "proof.json: no entry of the log sealed this root for this notice"
    }


def test_r62_a_proof_for_another_number_of_lines_is_not_sealed(folder, proof):
    """The path does not prove the size; the entry does."""
    found = failures(verify_receipt(folder, changed(proof, size=3)))
    assert set(found) == {"sealed"}


def test_a_proof_is_no_better_than_its_log(folder, proof, sample):
    seq, _sha256 = sample.head
    assert "head" in failures(verify_receipt(folder, proof, (seq + 1, "0" * 64)))
    (folder / "chain.jsonl").write_bytes(b"{}\n")
    assert {"chain", "sealed"} <= set(failures(verify_receipt(folder, proof)))


def test_a_receipt_is_made_of_what_was_sealed_only():
    leaves = Sample().leaves(2)
    with pytest.raises(ValueError, match="do not make the root"):
        receipt(leaves[:3], 0, root(leaves))
    with pytest.raises(IndexError):
        receipt(leaves, 4, root(leaves))


def test_a_relative_path_is_read_from_where_one_stands(folder, proof, monkeypatch):
    monkeypatch.chdir(proof.parent)
    assert verify_receipt(folder, Path("proof.json")).holds
