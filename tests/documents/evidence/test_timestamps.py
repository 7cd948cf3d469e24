"""A time stamp counts if a trusted authority gave it, now, for this digest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from documents.evidence.timestamps import (
    NotGranted,
    NotTrusted,
    StampRefused,
    UnreadableAnswer,
    WrongImprint,
    WrongNonce,
    check,
    check_token,
    request,
)

DIGEST, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture
def asked():
    return request(DIGEST)


@pytest.mark.real_clock
def test_r63_a_good_stamp_is_taken(authority, asked):
    stamp = check(authority.answer(asked.body), asked, authority.roots)
    assert stamp.gen_time.tzinfo is not None
    assert abs(stamp.gen_time - datetime.now(UTC)) < timedelta(minutes=5)


def test_r63_a_kept_token_can_be_checked_again(authority, asked):
    stamp = check(authority.answer(asked.body), asked, authority.roots)
    assert check_token(stamp.token, DIGEST, authority.roots) == stamp
    with pytest.raises(WrongImprint):
        check_token(stamp.token, OTHER, authority.roots)


def test_r63_anybody_can_check_a_token_with_openssl(authority, asked):
    stamp = check(authority.answer(asked.body), asked, authority.roots)
    (authority.folder / "head.txt").write_text(DIGEST)
    (authority.folder / "token").write_bytes(stamp.token)
    authority.openssl("ts", "-verify", "-data", "head.txt", "-token_in", "-in", "token",
                      "-CAfile", "root.pem")  # fmt: skip


def test_r63_one_of_several_roots_is_enough(authority, stranger, asked):
    answer = authority.answer(asked.body)
    assert check(answer, asked, stranger.roots + authority.roots).token


def test_r63_every_request_has_its_own_nonce():
    assert request(DIGEST).nonce != request(DIGEST).nonce


def test_r63_an_answer_with_a_wrong_nonce_is_refused(authority, asked):
    earlier = authority.answer(request(DIGEST).body)
    with pytest.raises(WrongNonce):
        check(earlier, asked, authority.roots)


def test_r63_an_answer_with_a_wrong_imprint_is_refused(authority, asked):
    answer = authority.answer(asked.body)
    with pytest.raises(WrongImprint):
        check(answer, replace(asked, digest=OTHER), authority.roots)


def test_r63_a_certificate_that_had_expired_is_refused(authority, asked):
    answer = authority.answer(asked.body, signer="expired")
    with pytest.raises(NotTrusted, match="certificate has expired"):
        check(answer, asked, authority.roots)


def test_r63_a_foreign_root_is_refused(authority, stranger, asked):
    answer = stranger.answer(asked.body)
    with pytest.raises(NotTrusted, match="certificate"):
        check(answer, asked, authority.roots)


def test_r63_an_authority_that_says_no_is_heard(authority, asked):
    answer = authority.answer(b"no query")
    with pytest.raises(NotGranted, match=r"rejection\. Bad request format"):
        check(answer, asked, authority.roots)


@pytest.mark.parametrize(
    "answer", [b"", b"<html>busy</html>", b"\x30\x03\x02\x01\x00", b"\xff" * 99]
)
def test_r63_garbage_is_refused(authority, asked, answer):
    with pytest.raises(UnreadableAnswer):
        check(answer, asked, authority.roots)
    with pytest.raises(UnreadableAnswer):
        check_token(answer, DIGEST, authority.roots)


def test_r63_a_cut_answer_is_refused(authority, asked):
    answer = authority.answer(asked.body)
    for size in range(0, len(answer), 29):
        with pytest.raises(UnreadableAnswer):
            check(answer[:size], asked, authority.roots)


def test_r63_no_changed_byte_makes_another_stamp(authority, asked):
    """Whatever is not signed may change; the instant and what is stamped may not."""
    answer = authority.answer(asked.body)
    sound = check(answer, asked, authority.roots)
    for place in range(len(answer)):
        changed = bytearray(answer)
        changed[place] ^= 1
        try:
            stamp = check(bytes(changed), asked, authority.roots)
        except StampRefused:
            continue
        assert stamp.gen_time == sound.gen_time


def test_r63_roots_that_are_no_certificates_are_named_as_such(authority, asked):
    with pytest.raises(ValueError, match="PEM"):
        check(authority.answer(asked.body), asked, b"not a certificate")
