"""One byte form for every value that is hashed.

JSON with sorted keys, no spaces, NFC text, no floats, instants in UTC with Z.
Close to RFC 8785; floats are refused instead of being given a form, since no
fact that we hash is one.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any


def canonical(value: Any) -> bytes:
    """UTF-8 bytes that are equal for equal values on every Python.

    value: None, bool, int, str, date, aware datetime, and lists, tuples and
    string-keyed mappings of these. Raises TypeError for anything else and
    ValueError for a naive datetime.
    """
    return json.dumps(
        plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def instant(value: datetime) -> str:
    """ISO 8601 in UTC to the microsecond, such as ``2026-03-01T00:00:00.000000Z``."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Any:
    """The JSON value that stands for ``value``: what a log stores and hashes alike."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("keys of a mapping must be strings")
    return unicodedata.normalize("NFC", key)
