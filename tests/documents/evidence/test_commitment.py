"""A commitment stands for one address, and says nothing about it without the salt."""

import hashlib
import hmac

import pytest

from documents.evidence.commitment import commitment, normalised

SALT = "00112233445566778899aabbccddeeff"


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Ada@Example.ORG", "Ada@example.org"),
        (" ada@example.org\n", "ada@example.org"),
        ("cafe\u0301@example.org", "caf\u00e9@example.org"),
        ('"a@b"@Example.org', '"a@b"@example.org'),
    ],
)
def test_addresses_that_are_one_have_one_form(written, form):
    assert normalised(written) == form
    assert commitment(written, SALT) == commitment(form, SALT)


def test_a_commitment_is_an_hmac_keyed_by_the_salt():
    key = bytes.fromhex(SALT)
    expected = hmac.new(key, b"ada@example.org", hashlib.sha256).hexdigest()
    assert commitment("ada@example.org", SALT) == expected


def test_a_new_salt_makes_another_commitment():
    assert commitment("ada@example.org", SALT) != commitment("ada@example.org", SALT[::-1])


def test_a_salt_that_is_not_hexadecimal_is_refused():
    with pytest.raises(ValueError, match="hexadecimal"):
        commitment("ada@example.org", "salt")
