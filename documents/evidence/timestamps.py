"""Time stamps by an outside authority: proof that a head of the log existed at an instant.

Nothing here uses the network: somebody else carries ``Request.body`` to the
authority and brings its answer back. What is stamped is the digest as 64
characters of text, so that anybody can check a token with

    printf %s DIGEST > head.txt
    openssl ts -verify -data head.txt -token_in -in TOKEN -CAfile ROOTS

Source: RFC 3161. Kept out of evidence folders: it needs a library.

StampRefused
├── UnreadableAnswer     bytes that are no answer of an authority
├── NotGranted           the authority said no
├── WrongNonce           an answer to another request, perhaps an old one
├── WrongImprint         a stamp of something else
└── NotTrusted           the signature or its certificate does not hold
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")


class StampRefused(Exception):
    """Base of all. ``str()`` is written for the team; a new request may succeed."""


class UnreadableAnswer(StampRefused):
    pass


class NotGranted(StampRefused):
    pass


class WrongNonce(StampRefused):
    pass


class WrongImprint(StampRefused):
    pass


class NotTrusted(StampRefused):
    pass


@dataclass(frozen=True)
class Request:
    """What to ask of an authority: POST ``body`` as application/timestamp-query.

    Good for one answer: its nonce tells that from any other.
    """

    digest: str
    nonce: int
    body: bytes


@dataclass(frozen=True)
class Stamp:
    """A stamp that holds. gen_time: aware, by the authority's clock. token: to be kept, DER."""

    gen_time: datetime
    token: bytes


def request(digest: str) -> Request:
    """A new request for a stamp of a SHA-256 in hexadecimal, with a new nonce."""
    asked = TimestampRequestBuilder(digest.encode(), HashAlgorithm.SHA256).build()
    if asked.nonce is None:
        raise RuntimeError("the library made a request without a nonce")
    return Request(digest, asked.nonce, asked.as_bytes())


def check(answer: bytes, asked: Request, roots: bytes) -> Stamp:
    """The stamp in an authority's answer to a request.

    roots: the certificates that are trusted, in PEM. They and the authority's
    own must be valid at the instant of the stamp, not today.
    Raises StampRefused, and ValueError if ``roots`` holds no certificate.
    Source: RFC 3161, sections 2.2 and 2.4.2.
    """
    return _checked(_decoded(answer), asked.digest, roots, asked.nonce)


def check_token(token: bytes, digest: str, roots: bytes) -> Stamp:
    """A kept token once more. Its nonce was checked when it came. Raises as ``check`` does."""
    granted = b"\x30\x03\x02\x01\x00"
    return _checked(_decoded(_sequence(granted + token)), digest, roots, None)


def _decoded(answer: bytes) -> TimeStampResponse:
    try:
        return decode_timestamp_response(answer)
    except ValueError as problem:
        raise UnreadableAnswer(f"This is no answer of a time stamp authority: {problem}") from None


def _checked(response: TimeStampResponse, digest: str, roots: bytes, nonce: int | None) -> Stamp:
    trusted = x509.load_pem_x509_certificates(roots)
    if response.status != PKIStatus.GRANTED:
        raise NotGranted(_refusal(response))
    try:
        info, token = response.tst_info, response.time_stamp_token()
        imprint = hashlib.sha256(digest.encode()).digest()
        if nonce is not None and info.nonce != nonce:
            raise WrongNonce("The answer belongs to another request: its nonce is not ours.")
        said = info.message_imprint
        if (said.hash_algorithm, said.message) != (SHA256, imprint):
            raise WrongImprint("The stamp is of something else: its imprint is not ours.")
        VerifierBuilder(roots=trusted, nonce=nonce).build().verify(response, imprint)
    except VerificationError as problem:
        raise NotTrusted(f"The stamp cannot be trusted: {problem}") from None
    except ValueError as problem:
        raise UnreadableAnswer(f"The stamp cannot be read: {problem}") from None
    return Stamp(info.gen_time, token)


def _refusal(response: TimeStampResponse) -> str:
    try:
        status = PKIStatus(response.status).name.lower().replace("_", " ")
    except ValueError:
        status = f"status {response.status}"
    return " ".join([f"The authority gave no stamp: {status}.", *response.status_string])


def _sequence(content: bytes) -> bytes:
    """DER of a SEQUENCE. Source: X.690, section 8.1.3."""
    size = len(content)
    if size < 0x80:
        return bytes([0x30, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([0x30, 0x80 | len(length)]) + length + content
