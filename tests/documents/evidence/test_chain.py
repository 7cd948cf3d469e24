"""Every way of tampering with a chain is found at the first bad entry."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from documents.evidence.chain import GENESIS, Link, first_break


def chain(length):
    links, previous = [], GENESIS
    for seq in range(1, length + 1):
        at = datetime(2026, 1, seq, tzinfo=UTC)
        link = Link("acme", seq, at, "x", "system", {"n": seq}, previous)
        links.append((link, link.sha256))
        previous = link.sha256
    return links


def edited(links):
    link, stored = links[2]
    links[2] = (replace(link, payload={"n": 99}), stored)


def rehashed(links):
    link, _stored = links[2]
    link = replace(link, payload={"n": 99})
    links[2] = (link, link.sha256)


def deleted(links):
    del links[2]


def reordered(links):
    links[2], links[3] = links[3], links[2]


def doubled(links):
    links.insert(2, links[2])


def redated(links):
    link, stored = links[2]
    links[2] = (replace(link, at=datetime(2025, 1, 1, tzinfo=UTC)), stored)


def hashed_anew(links, changed):
    """As a patient forger would leave the chain: every hash fits."""
    previous = GENESIS
    for place, link in enumerate(changed):
        link = replace(link, previous=previous)
        links[place] = (link, link.sha256)
        previous = link.sha256


def set_back(links):
    changed = [link for link, _stored in links]
    changed[2] = replace(changed[2], at=datetime(2025, 1, 1, tzinfo=UTC))
    hashed_anew(links, changed)


def of_another_publisher(links):
    changed = [link for link, _stored in links]
    changed[2] = replace(changed[2], publisher="other")
    hashed_anew(links, changed)


def without_a_canonical_form(links):
    link, stored = links[2]
    links[2] = (replace(link, payload={"n": 1.5}), stored)


def test_an_intact_chain_holds():
    assert first_break(chain(5)) is None
    assert first_break([]) is None


@pytest.mark.parametrize(
    ("tamper", "seq"),
    [
        (edited, 3),
        (rehashed, 4),
        (deleted, 3),
        (reordered, 3),
        (doubled, 4),
        (redated, 3),
        (set_back, 3),
        (of_another_publisher, 3),
        (without_a_canonical_form, 3),
    ],
)
def test_tampering_is_found(tamper, seq):
    links = chain(5)
    tamper(links)
    assert first_break(links).seq == seq


def test_two_entries_of_one_instant_hold():
    links = chain(5)
    changed = [replace(link, at=links[0][0].at) for link, _stored in links]
    hashed_anew(links, changed)
    assert first_break(links) is None
