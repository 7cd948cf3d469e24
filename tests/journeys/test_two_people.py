"""A material change takes two people; an urgent one too, and it goes before what is announced."""

import re

import pytest

from .acme import (
    HERS,
    OURS,
    PEOPLE,
    TEXT,
    addressees,
    begin_of,
    in_days,
    publish_by_two,
    standing,
    subjects,
    write,
)

pytestmark = pytest.mark.slow

TEN_YEARS = TEXT.replace("two years", "ten years")
PROMISED_DAYS = 11  # the 10 whole days of Acme's promise, and the day on which people are told
URGENT = ("--ground", "security", "--source", "CVE-2026-1")
NOT_KEPT = "The promise of notice before a change was not kept for this version."


@pytest.fixture
def acme(acme_in_force):
    return acme_in_force


def hash_in(answer):
    """The proposal's hash that a refusal names."""
    return re.search(r"approve_proposal ([0-9a-f]{64})", answer)[1]


def test_a_material_change_is_published_once_another_person_approves_its_hash(acme):
    write(acme, TEN_YEARS)
    alone = acme.refusal("publish_version", "--summary", "Ten years.", *OURS)
    assert "Reviewer or Publisher, other than who proposed it, must approve it first" in alone
    sha256 = hash_in(alone)
    assert "announced" not in standing(acme)
    assert "another person" in acme.refusal("approve_proposal", sha256, *OURS)
    wrong = "0" * 64
    assert "Look at it again" in acme.refusal("approve_proposal", wrong, *HERS)
    approved = acme.report("approve_proposal", sha256, *HERS)
    assert (approved["proposal sha256"], approved["approved"]) == (sha256, True)
    other = acme.refusal("publish_version", "--effective-on", in_days(acme, 99), *OURS)
    assert "leave them out" in other
    second = acme.report("publish_version", *OURS)
    assert (second["version"], second["state"]) == (2, "pending")
    assert second["effective at"] == begin_of(in_days(acme, PROMISED_DAYS))


def test_an_edit_after_the_approval_voids_it(acme):
    write(acme, TEN_YEARS)
    first = acme.report("propose_publication", *OURS)
    acme.manage("approve_proposal", first["proposal sha256"], *HERS)
    write(acme, TEXT.replace("two years", "fifty years"))
    sha256 = hash_in(acme.refusal("publish_version", *OURS))
    assert sha256 != first["proposal sha256"]
    assert "announced" not in standing(acme)
    stale = acme.refusal("approve_proposal", first["proposal sha256"], *HERS)
    assert "Look at it again" in stale
    acme.manage("approve_proposal", sha256, *HERS)
    assert acme.report("publish_version", *OURS)["version"] == 2


def test_a_proposal_whose_draft_was_edited_cannot_be_approved(acme):
    write(acme, TEN_YEARS)
    proposal = acme.report("propose_publication", *OURS)
    write(acme, TEXT.replace("two years", "fifty years"))
    answer = acme.refusal("approve_proposal", proposal["proposal sha256"], *HERS)
    assert "draft changed" in answer


def test_published_by_two_at_the_same_time_it_is_announced_once(acme):
    write(acme, TEN_YEARS)
    proposal = acme.report("propose_publication", *OURS)
    acme.manage("approve_proposal", proposal["proposal sha256"], *HERS)
    both = [acme.start("publish_version", *who) for who in (OURS, HERS)]
    assert sorted(process.wait(60) for process in both) == [0, 1]
    assert standing(acme)["announced"] == 2
    acme.deliver()
    assert addressees(acme) == PEOPLE


def announce_ten_years(acme):
    """Announced, and everyone told."""
    write(acme, TEN_YEARS)
    second = publish_by_two(acme)
    acme.deliver()
    assert addressees(acme) == PEOPLE
    assert standing(acme)["cleared"] is True
    acme.mail.received.clear()
    return second


def test_an_urgent_fix_brings_the_announced_change_back_with_its_date_and_its_notice(acme):
    second = announce_ten_years(acme)
    write(acme, TEXT.replace("nothing with anyone", "your IP address with our firewall"))
    fix = publish_by_two(acme, *URGENT)
    assert (fix["version"], fix["state"], fix["promise kept"]) == (3, "effective", False)
    now = standing(acme)
    assert (now["in force"], now["announced"], now["state"]) == (3, 4, "pending")
    assert (now["effective at"], now["cleared"]) == (second["effective at"], True)
    acme.deliver()
    assert addressees(acme) == PEOPLE  # of the fix, on the same day
    assert all(subject.endswith("has changed") for subject in subjects(acme))
    with acme.serving():
        page = acme.page("/acme/privacy/")
        assert NOT_KEPT in page
        assert "our firewall" in page
        assert "two years" in page
    acme.pass_days(PROMISED_DAYS)
    assert standing(acme)["in force"] == 4
    with acme.serving():
        page = acme.page("/acme/privacy/")
        assert "our firewall" in page
        assert "ten years" in page
        assert NOT_KEPT not in page


def test_an_urgent_fix_of_the_same_clause_calls_the_announced_change_off(acme):
    announce_ten_years(acme)
    write(acme, TEXT.replace("two years", "two weeks"))
    fix = publish_by_two(acme, *URGENT)
    assert (fix["version"], fix["state"], fix["promise kept"]) == (3, "effective", False)
    now = standing(acme)
    assert now["in force"] == 3
    assert "announced" not in now
    acme.deliver()
    assert addressees(acme) == sorted(2 * PEOPLE)  # each of the fix, and of what is called off
    assert {subject.split("”")[1] for subject in subjects(acme)} == {
        " has changed",
        " will not take place",
    }
    with acme.serving():
        assert NOT_KEPT in acme.page("/acme/privacy/")
        assert "never took effect" in acme.page("/acme/privacy/versions/2/")
    acme.pass_days(PROMISED_DAYS)
    assert standing(acme)["in force"] == 3
