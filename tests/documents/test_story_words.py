"""One entry, one sentence: every kind has its own, and says no more than the log and the rows."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from documents.models import Actor, Motion
from documents.models.publications import GroundChoice, HoldReasonChoice
from documents.models.versions import SignificanceChoice
from documents.promises import HOUSE_PROMISE, to_record
from documents.story.edits import ACTIONS, told
from documents.story.notices import CLOSED, GOES_TO, OPENED
from documents.story.words import AT_ONCE, HELD, LATER, SENTENCES, Happening, sentence
from notifications import audiences
from notifications.models.notices import Kind

ROOT = Path(__file__).resolve().parents[2]
SOURCES = "\n".join(
    file.read_text()
    for folder in ("documents/actions", "notifications/actions")
    for file in sorted((ROOT / folder).rglob("*.py"))
)
NOON = datetime(2026, 1, 10, 11, tzinfo=UTC)
MARCH = datetime(2026, 2, 28, 23, tzinfo=UTC)  # 1 March in Paris
APRIL = "2026-03-31T22:00:00.000000Z"


def say(kind, payload=None, **values):
    defaults = {
        "at": NOON,
        "who": "Rosa Lind",
        "actor": "rosa",
        "zone": ZoneInfo("Europe/Paris"),
        "number": 3,
        "due_at": MARCH,
        "proposal": {"effective": "2026-03-01"},
    }
    return sentence(Happening(kind=kind, payload=payload or {}, **(defaults | values)))


def test_every_kind_that_is_appended_has_a_sentence_of_its_own():
    """Every word with one dot in it is a kind, but for names of the page log and of models."""
    kinds = {
        word
        for word in re.findall(r'"([a-z_]+\.[a-z_]+)"', SOURCES)
        if not word.startswith(("documents.", "wagtail."))
    }
    assert {"version.published", "motion.refused", "publication.held", "notice.opened"} <= kinds
    assert kinds <= set(SENTENCES)


def test_every_way_to_change_the_draft_is_told():
    actions = set(re.findall(r'log_action="([a-z_.]+)"', SOURCES))
    assert "documents.clause.edit" in actions
    assert actions <= set(ACTIONS)


def test_every_reason_kind_and_audience_has_words():
    assert set(HELD) == set(HoldReasonChoice)
    assert set(AT_ONCE) == set(LATER) == set(SignificanceChoice)
    assert set(OPENED) == set(Kind)
    assert set(audiences.RULES) <= set(GOES_TO)
    reasons = set(re.findall(r'close_open_notices\([^)]*reason="([a-z ]+)"', all_notifications()))
    assert {"held", "withdrawn", "rescheduled"} <= reasons
    assert reasons <= set(CLOSED)


def all_notifications():
    return "\n".join(file.read_text() for file in sorted((ROOT / "notifications").rglob("*.py")))


def test_a_kind_without_a_sentence_is_named_as_it_is():
    assert say("moon.waned_twice") == "An entry was made: moon waned twice."


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "Rosa Lind proposed version 3 for 1 March 2026."),
        ({"number": None}, "Rosa Lind proposed a new version for 1 March 2026."),
        (
            {"proposal": {"effective": "2026-03-01T09:30"}},
            "Rosa Lind proposed version 3 for 1 March 2026, 09:30 (Europe/Paris).",
        ),
        (
            {"proposal": {"effective": ""}},
            "Rosa Lind proposed version 3, to take effect once announced.",
        ),
        (
            {"proposal": {}, "number": None},
            "Rosa Lind proposed a new version, to take effect once announced.",
        ),
    ],
)
def test_a_proposal_says_for_when(values, says):
    assert say("proposal.made", **values) == says


def test_a_proposal_is_approved_with_or_without_a_number():
    assert say("proposal.approved") == "Rosa Lind approved the proposal of version 3."
    assert say("proposal.approved", number=None) == "Rosa Lind approved the proposal."
    assert say("proposal.discarded", number=None) == "Rosa Lind discarded the proposal."


WAITS = {"significance": "material", "cleared_at": None, "promise_kept": True}
DONE = WAITS | {"cleared_at": "2026-01-10T11:00:00.000000Z"}
URGENT = DONE | {"ground": GroundChoice.SECURITY.value}
CLAIMED = {"proposal": {"exception": {"source": "CVE-2026-1"}}, "due_at": NOON}


@pytest.mark.parametrize(
    ("payload", "values", "says"),
    [
        (
            WAITS,
            {},
            "Rosa Lind published version 3 as a material change, to take effect on 1 March 2026.",
        ),
        (
            WAITS | {"significance": "minor"},
            {},
            "Rosa Lind published version 3 as a minor change, to take effect on 1 March 2026.",
        ),
        (
            DONE | {"significance": "editorial"},
            {"due_at": NOON},
            "Rosa Lind published version 3 as an editorial change, with effect at once. "
            "It had to wait for no notice.",
        ),
        (
            DONE,
            {"due_at": NOON, "number": 1},
            "Rosa Lind published version 1, the first text, with effect at once. "
            "It had to wait for no notice.",
        ),
        (
            DONE,
            {"number": 1},
            "Rosa Lind published version 1, the first text, to take effect on 1 March 2026. "
            "It had to wait for no notice.",
        ),
        (
            URGENT,
            CLAIMED,
            "Rosa Lind published version 3 as a material change, with effect at once. An exception "
            "was claimed, “Needed for security”; it rests on: “CVE-2026-1”.",
        ),
        (
            URGENT | {"promise_kept": False},
            CLAIMED,
            "Rosa Lind published version 3 as a material change, with effect at once. An exception "
            "was claimed, “Needed for security”; it rests on: “CVE-2026-1”. "
            "The promise in force has no such exception: it was not kept.",
        ),
        (
            DONE | {"carries": 7},
            {"carries": 2},
            "Rosa Lind published version 3 as a material change, to take effect on 1 March 2026. "
            "It brings back the change of version 2, on top of the fix; the notice of that counts "
            "for it.",
        ),
    ],
)
def test_a_publication_says_its_significance_its_date_and_why_nobody_had_to_be_told(
    payload, values, says
):
    assert say("version.published", payload, **values) == says


def test_an_entry_from_before_there_were_exceptions_is_told_too():
    assert say("version.published", {"significance": "minor"}) == (
        "Rosa Lind published version 3 as a minor change, to take effect on 1 March 2026."
    )


@pytest.mark.parametrize(
    ("kind", "payload", "says"),
    [
        (
            "publication.rescheduled",
            {"before": APRIL},
            "Rosa Lind moved the date of version 3 from 1 April 2026 to 1 March 2026.",
        ),
        (
            "publication.overridden",
            {"before": APRIL},
            "Rosa Lind let version 3 take effect on 1 March 2026 instead of 1 April 2026, although "
            "the promise is not kept.",
        ),
        (
            "publication.cleared",
            {},
            "The promise was found kept, and version 3 cleared for 1 March 2026.",
        ),
        (
            "publication.held",
            {"reason": "overdue"},
            "Version 3 was held: the time to tell people passed before it was done.",
        ),
        (
            "publication.held",
            {"reason": "late"},
            "Version 3 was held: the last notice went out too late for 1 March 2026.",
        ),
        ("publication.held", {"reason": "by_hand"}, "Rosa Lind held version 3."),
        ("publication.held", {"reason": "flood"}, "Version 3 was held."),
        ("publication.set_aside", {}, "Rosa Lind set version 3 aside for an urgent fix."),
        (
            "publication.sign_off_asked",
            {"mail": {"planned": 40, "failed": 5}},
            "5 of 40 people could not be told, more than goes without an answer: version 3 waits "
            "for somebody to sign for it.",
        ),
        (
            "publication.sign_off_asked",
            {"mail": {"planned": 0, "failed": 0}},
            "Nobody was there to be told: version 3 waits for somebody to sign for it.",
        ),
        (
            "publication.signed_off",
            {"mail": {"planned": 40, "failed": 2}},
            "Rosa Lind signed for 2 of 40 people who could not be told.",
        ),
        (
            "publication.signed_off",
            {"mail": {"planned": 0, "failed": 0}},
            "Rosa Lind signed for version 3, of which nobody was to be told.",
        ),
        (
            "evidence.exported",
            {"head": {"seq": 41, "sha256": "9c1d"}},
            "Rosa Lind exported the evidence of version 3, with the log up to entry 41.",
        ),
        ("publisher.created", {}, "Rosa Lind founded the publisher."),
        (
            "publisher.rules_set",
            {"two_person_rule": "always", "failures_allowed": 5},
            "Rosa Lind set the team’s rules. A second person: “For every version”; failures for "
            "which nobody has to sign: up to 5 percent.",
        ),
    ],
)
def test_what_became_of_a_version(kind, payload, says):
    assert say(kind, payload) == says


def test_a_promise_is_told_in_its_own_sentence_with_the_rules_beside_it():
    record = to_record(HOUSE_PROMISE)
    for basis in record["bases"]:
        basis["interpretation_by_sha256"] = basis.pop("interpretation_by")
    says = (
        "Rosa Lind recorded what the policy promises: “Every material change is told by e-mail at "
        "least 30 days before it takes effect.”"
    )
    assert say("promise.set", {"promise": record, "presets": []}) == says
    with_rules = say("promise.set", {"promise": record, "presets": ["eu-psd2-54"]})
    assert with_rules.startswith(f"{says} Statutory rules kept beside it: ")


def test_a_promise_from_before_there_were_terms_is_told_too():
    old = {
        "format": 1,
        "trigger": "any",
        "channel": "email",
        "notice_days": 7,
        "basis": {"clause_key": "", "words": "", "interpretation_by_sha256": "9c1d"},
    }
    assert say("promise.set", {"promise": old}) == (
        "Rosa Lind recorded what the policy promises: “Any change is told by e-mail at least "
        "7 days before it takes effect.”"
    )


EARLIER = Motion(terms={"effective": "2026-02-01"}, asked_by="amina")
AT_ONCE_PLEASE = Motion(terms={"effective": ""}, asked_by="amina")
REMOVAL = Motion(terms={"order": "Court of Paris, 26/123"}, asked_by="amina")


@pytest.mark.parametrize(
    ("kind", "motion", "values", "says"),
    [
        (
            "motion.asked",
            EARLIER,
            {},
            "Rosa Lind asked to let version 3 take effect on 1 February 2026, earlier than the "
            "promise allows.",
        ),
        (
            "motion.asked",
            AT_ONCE_PLEASE,
            {},
            "Rosa Lind asked to let version 3 take effect at once, earlier than the promise "
            "allows.",
        ),
        (
            "motion.carried",
            EARLIER,
            {},
            "Rosa Lind agreed, as the second person, to the earlier date of version 3.",
        ),
        ("motion.refused", EARLIER, {}, "Rosa Lind refused the earlier date of version 3."),
        (
            "motion.refused",
            EARLIER,
            {"who": "Amina Berger", "actor": "amina"},
            "Amina Berger took back the request for an earlier date of version 3.",
        ),
        (
            "motion.asked",
            REMOVAL,
            {"number": None},
            "Rosa Lind asked to remove the words of a clause by order.",
        ),
        (
            "motion.carried",
            REMOVAL,
            {"number": None},
            "Rosa Lind agreed, as the second person, to the removal by order.",
        ),
        ("motion.refused", REMOVAL, {}, "Rosa Lind refused to remove the words of a clause."),
    ],
)
def test_what_takes_two_people_names_both_acts(kind, motion, values, says):
    which = "removal" if motion is REMOVAL else "earlier_date"
    assert say(kind, {"motion_kind": which}, motion=motion, **values) == says


def test_a_removal_names_the_order_and_whether_the_original_is_kept():
    removed = (
        "Rosa Lind removed the words of a clause by order: Court of Paris, 26/123. Their hashes "
        "stay on record."
    )
    assert say("text.removed", {"destroyed": False}, motion=REMOVAL) == removed
    assert say("text.removed", {"destroyed": True}, motion=REMOVAL) == (
        f"{removed} No original is kept."
    )


def test_a_reason_stands_in_quotes_after_what_it_is_for():
    assert say("publication.withdrawn", reason="Clause 2 is wrong.") == (
        "Rosa Lind withdrew version 3. The reason: “Clause 2 is wrong.”"
    )
    assert say("publication.withdrawn") == "Rosa Lind withdrew version 3."


def test_a_reason_whose_words_are_gone_is_not_passed_over():
    assert say("publication.withdrawn", reason="") == (
        "Rosa Lind withdrew version 3. The reason that was given no longer stands on record."
    )


def test_whoever_has_no_name_begins_the_sentence_with_a_capital():
    assert say("publication.withdrawn", who=str(Actor())) == (
        "A former member of the team withdrew version 3."
    )
    assert say("publication.withdrawn", who="the system") == "The system withdrew version 3."


def test_a_name_is_written_as_its_owner_writes_it():
    assert say("publication.withdrawn", who="ada") == "ada withdrew version 3."


@pytest.mark.parametrize(
    ("kind", "rule", "says"),
    [
        (
            "announcement",
            "everyone",
            "The notice of version 3 was opened. It goes to everyone who joined before.",
        ),
        (
            "correction",
            "everyone",
            "A notice of the new date of version 3 was opened. It goes to everyone who joined "
            "before.",
        ),
        (
            "withdrawal",
            "told",
            "A notice that version 3 is withdrawn was opened. It goes to everyone who may have "
            "been told of that version.",
        ),
        ("same_day", "", "The notice of version 3 was opened, on the day itself."),
    ],
)
def test_a_notice_says_what_it_is_and_to_whom_it_goes(kind, rule, says):
    assert say("notice.opened", {"notice_kind": kind, "audience": {"rule": rule}}) == says


COUNTS = {
    "closed": "settled",
    "planned": 6,
    "accepted": 6,
    "failed": 0,
    "excluded": 0,
    "resent": 0,
}


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        (
            {},
            "The notice of version 3 was completed. 6 people were to be told: 6 accepted by the "
            "mail server, 0 failed.",
        ),
        (
            {"planned": 1, "accepted": 1},
            "The notice of version 3 was completed. 1 person was to be told: 1 accepted by the "
            "mail server, 0 failed.",
        ),
        (
            {"accepted": 2, "failed": 1, "excluded": 2, "resent": 1},
            "The notice of version 3 was completed. 6 people were to be told: 2 accepted by the "
            "mail server, 1 failed. 2 were left out. 1 was written to twice, and the answer was "
            "lost both times.",
        ),
        ({"planned": 0}, "The notice of version 3 was completed. Nobody was there to be told."),
        (
            {"planned": 0, "closed": "held"},
            "The notice of version 3 was stopped when that was held. Nobody was told before.",
        ),
    ],
)
def test_the_end_of_a_notice_says_what_was_counted(counts, says):
    assert say("notice.settled", COUNTS | counts) == says


def test_messages_that_came_back_are_counted():
    assert say("delivery.bounced") == (
        "1 message about version 3 came back after a mail server had accepted it."
    )
    assert say("delivery.bounced", count=4) == (
        "4 messages about version 3 came back after a mail server had accepted them."
    )


def test_all_that_one_person_did_to_clauses_is_one_sentence():
    done = {
        "documents.clause.remove": (1, NOON),
        "documents.clause.edit": (3, MARCH),
        "documents.clause.move": (1, NOON),
        "documents.import": (1, NOON),
    }
    assert list(told(done, "Amina Berger")) == [
        (NOON, "Amina Berger imported a file as the draft."),
        (MARCH, "Amina Berger worked on the clauses: 3 edits, 1 move, 1 clause removed."),
    ]


def test_a_policy_is_started_once():
    assert list(told({"wagtail.create": (2, NOON)}, "Ada")) == [(NOON, "Ada started the policy.")]
