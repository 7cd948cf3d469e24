"""One byte form for equal values."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from documents.evidence.canonical import canonical, digest


def test_order_of_keys_and_unicode_form_make_no_difference():
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    assert canonical({"b": composed, "a": 1}) == canonical({"a": 1, "b": decomposed})


def test_the_bytes_are_fixed():
    value = {"é": [True, None, -3], "at": datetime(2026, 3, 1, 12, tzinfo=UTC)}
    assert canonical(value) == '{"at":"2026-03-01T12:00:00.000000Z","é":[true,null,-3]}'.encode()
    assert digest([]) == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"


def test_an_instant_is_the_same_in_every_zone():
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert canonical(at) == canonical(at.astimezone(timezone(timedelta(hours=9))))


@pytest.mark.parametrize("value", [1.5, {1: "a"}, {"a": object()}, b"bytes"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        canonical(datetime(2026, 3, 1))
