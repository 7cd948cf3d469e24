"""The dates in an evidence folder are those of the log, whatever became of the publication."""

import pytest

from documents.evidence.canonical import digest

from .sample import PUBLICATION, at


def of(sample, **changes):
    """The publication as publication.json has it, changed."""
    sample.publication |= changes


def decide(sample, kind, hour, **payload):
    """Replace the clearance and all that follows by another entry."""
    del sample.facts[9:]
    sample.facts.append((kind, hour, {"publication": PUBLICATION, **payload}))


def test_a_publication_that_is_not_decided_does_not_take_effect(sample, failed):
    del sample.facts[9:]
    of(sample, cleared_at=None)
    assert failed(sample) == {}
    of(sample, cleared_at=at(9))
    assert "cleared_at is 2026-03-01T18" in failed(sample)["timetable"]


def test_a_held_publication_is_not_cleared(sample, failed):
    decide(sample, "publication.held", 12, reason="late")
    of(sample, cleared_at=None, held_at=at(12))
    assert failed(sample) == {}
    of(sample, held_at=None)
    assert "held_at is empty, but entry 10" in failed(sample)["timetable"]


def test_one_that_was_held_after_its_clearance_is_not_cleared_any_more(sample, failed):
    sample.facts.append(("publication.held", 12, {"publication": PUBLICATION}))
    assert "cleared_at is 2026-03-01T18" in failed(sample)["timetable"]
    of(sample, cleared_at=None, held_at=at(12))
    assert failed(sample) == {}


@pytest.mark.parametrize("kind", ["publication.withdrawn", "publication.set_aside"])
def test_a_withdrawn_publication_says_so(sample, failed, kind):
    sample.facts.append((kind, 12, {"publication": PUBLICATION}))
    assert "withdrawn_at is empty" in failed(sample)["timetable"]
    of(sample, withdrawn_at=at(12))
    assert failed(sample) == {}


def test_an_earlier_date_that_two_people_chose_is_told_by_its_entry(sample, failed):
    early = sample.timetable(30) | {"cleared_at": at(12), "promise_kept": False}
    decide(sample, "publication.overridden", 12, **early)
    of(sample, effective_at=at(30), cleared_at=at(12), promise_kept=False)
    assert failed(sample) == {}
    of(sample, promise_kept=True)
    assert "promise_kept is not what the log says" in failed(sample)["timetable"]


def test_a_clearance_after_the_day_is_found(sample, failed):
    decide(sample, "publication.cleared", 100, cleared_at=at(100))
    of(sample, cleared_at=at(100))
    assert "entry 10 clears the publication after" in failed(sample)["timetable"]


def test_a_clearance_at_the_very_instant_is_in_time(sample, failed):
    decide(sample, "publication.cleared", 99, cleared_at=at(99))
    of(sample, cleared_at=at(99))
    assert failed(sample) == {}


@pytest.mark.parametrize("hour", [9, 101])
def test_a_clearance_that_is_dated_otherwise_than_its_entry_is_found(sample, failed, hour):
    """Neither long before its entry, where it would count as in time, nor after it."""
    decide(sample, "publication.cleared", 100, cleared_at=at(hour))
    of(sample, cleared_at=at(hour))
    assert "cleared_at is not what entry 10 says" in failed(sample)["timetable"]


def test_a_moment_shortly_before_its_entry_is_the_one_that_it_tells_of(sample, failed):
    of(sample, announced_at=at(4 - 1 / 60))
    assert failed(sample) == {}
    for hour in (4 - 1 / 5, 4 + 1 / 3600):
        of(sample, announced_at=at(hour))
        assert "announced_at is not what entry 4 says" in failed(sample)["timetable"]


def test_what_the_log_does_not_say_is_found(sample, failed):
    of(sample, approved=True)
    assert "approved is not what the log says" in failed(sample)["timetable"]


def old(sample):
    """As entries were before they stated their publication and when it was cleared."""
    for kind, _hour, payload in sample.facts:
        payload.pop("cleared_at", None)
        if kind == "version.published":
            payload.pop("publication")


def test_old_entries_tell_of_a_clearance_by_their_date(sample, failed):
    old(sample)
    assert failed(sample) == {}
    decide(sample, "publication.cleared", 99 + 1 / 60)
    of(sample, cleared_at=at(99))
    assert "entry 10 clears the publication after" in failed(sample)["timetable"]


@pytest.mark.parametrize("is_old", [True, False])
def test_what_needs_no_notice_is_cleared_when_it_is_announced(sample, failed, is_old):
    now = {"notice_required": False, "effective_at": at(4), "cleared_at": at(4)}
    sample.facts[3:] = [("version.published", 4, sample.published() | now)]
    if is_old:
        old(sample)
    of(sample, **now)
    assert failed(sample) == {}
    of(sample, cleared_at=None)
    assert "cleared_at is empty, but entry 4" in failed(sample)["timetable"]


def test_an_old_entry_of_a_change_that_needs_notice_clears_nothing(sample, failed):
    old(sample)
    del sample.facts[9:]
    assert "no entry says so" in failed(sample)["timetable"]
    of(sample, cleared_at=None)
    assert failed(sample) == {}


def test_another_publications_entries_do_not_count(sample, failed):
    sample.facts.append(("publication.held", 12, {"publication": 6}))
    assert failed(sample) == {}


def test_a_proposal_about_another_policy_is_found(sample, failed):
    sample.proposal["policy"] = "0b7d"
    assert "the proposal does not make its hash" in failed(sample)["proposal"]
    of(sample, proposal_sha256=digest(sample.proposal))
    found = failed(sample)
    assert "about another policy" in found["proposal"]
    assert "entry 4 names another proposal" in found["announced"]
