"""What was sent, and to how many with which end, is what the log sealed."""

import json

from documents.evidence.canonical import canonical
from documents.evidence.export import readable
from documents.evidence.merkle import root

from .sample import lines_of


def sealed_with(sample, number, **changes):
    """Change what the entry says that settled a round."""
    for at, (kind, hour, payload) in enumerate(sample.facts):
        if kind == "notice.settled" and payload["round"] == number:
            sample.facts[at] = (kind, hour, payload | changes)


def with_leaves(sample, number, leaves):
    """The file of these lines, sealed as they are."""
    sealed_with(sample, number, deliveries_root=root(leaves), planned=len(leaves))
    return {f"notices/{number}/deliveries.jsonl": b"".join(leaf + b"\n" for leaf in leaves)}


def test_a_notice_that_is_not_settled_has_no_lines_yet(sample, failed):
    sample.facts = [fact for fact in sample.facts if fact[0] != "notice.settled"]
    assert failed(sample) == {}
    lines = {"notices/2/deliveries.jsonl": sample.leaves(2)}
    assert "deliveries.jsonl does not belong there" in failed(sample, **lines)["notice 2"]


def test_a_notice_to_nobody_is_sealed_too(sample, failed):
    sample.states[1] = []
    sealed_with(sample, 1, accepted=0)
    assert failed(sample, **with_leaves(sample, 1, [])) == {}


def test_counts_that_are_not_those_of_the_lines_are_found(sample, failed):
    sealed_with(sample, 2, accepted=2)
    assert "accepted is 1, entry 9 counted otherwise" in failed(sample)["notice 2"]
    sealed_with(sample, 2, accepted=1, failed=0)
    assert "failed is 1, entry 9 counted otherwise" in failed(sample)["notice 2"]
    sealed_with(sample, 2, failed=1, resent=1, excluded=1, planned=5)
    assert "planned is 4, entry 9 counted otherwise" in failed(sample)["notice 2"]


def test_the_last_acceptance_is_that_of_the_lines(sample, failed):
    sealed_with(sample, 2, last_accepted_at="2026-03-01T14:00:00.000000Z")
    assert failed(sample) == {}
    sealed_with(sample, 2, last_accepted_at="2026-03-01T13:00:00.000000Z")
    assert "last_accepted_at is 2026-03-01T14" in failed(sample)["notice 2"]


def test_an_old_entry_counted_no_more_than_planned_and_accepted(sample, failed):
    del sample.facts[8][2]["accepted"]
    assert "accepted is 1" in failed(sample)["notice 2"]


def test_a_line_that_is_not_settled_is_found(sample, failed):
    sample.states[2][1] = "deferred"
    lines = with_leaves(sample, 2, sample.leaves(2))
    assert "line 2 is not settled: deferred" in failed(sample, **lines)["notice 2"]


def test_a_line_about_another_notice_is_found(sample, failed):
    lines = with_leaves(sample, 2, [*sample.leaves(2)[:3], sample.leaves(1)[0]])
    assert "line 4 is about another notice" in failed(sample, **lines)["notice 2"]


def test_a_line_that_names_other_messages_is_found(sample, failed):
    leaf = canonical(
        {"publication": 7, "round": 2, "messages": {}, "commitment": "", "state": "accepted"}
    )
    lines = with_leaves(sample, 2, [leaf])
    assert "line 1 names other messages" in failed(sample, **lines)["notice 2"]


def test_lines_in_another_order_are_found(sample, failed):
    leaves = sample.leaves(2)
    lines = {"notices/2/deliveries.jsonl": b"".join(leaf + b"\n" for leaf in reversed(leaves))}
    assert "do not make the root" in failed(sample, **lines)["notice 2"]


def test_a_cut_last_line_is_found(sample, failed):
    lines = {"notices/2/deliveries.jsonl": b"\n".join(sample.leaves(2))}
    assert "line 4 has no end" in failed(sample, **lines)["notice 2"]


def test_a_notice_that_is_left_out_is_found(sample, failed):
    del sample.messages[2]
    assert failed(sample) == {"notices": "notices/2 is missing"}


def test_a_notice_that_nobody_opened_is_found(sample, failed):
    extra = {"notices/3/notice.json": b"{}"}
    assert failed(sample, **extra) == {"notices": "notices/3 is a notice that no entry opened"}


def test_a_file_in_place_of_all_notices_is_found(sample, failed):
    sample.messages.clear()
    found = failed(sample, notices=b"{}")
    assert found["files"] == "notices does not belong in this folder"
    assert found["notices"] == "notices/1 is missing"


def test_a_message_that_the_log_does_not_name_is_found(sample, failed):
    extra = {"notices/2/message-fr.json": b"{}"}
    assert "message-fr.json does not belong there" in failed(sample, **extra)["notice 2"]


def test_a_notice_that_is_settled_twice_is_found(sample, failed):
    sample.facts.append(("notice.settled", 12, sample.settled(2, "settled")))
    assert "entry 12 settles a notice a second time" in failed(sample)["notice 2"]


def test_a_message_in_no_language_opens_no_file(sample, failed):
    contents = sample.contents()
    for language in ("../../../etc/passwd", "", "a\x00b", "é"):
        sample.facts[6][2]["messages"] = {language: "0" * 64}
        contents["chain.jsonl"] = lines_of(sample.links)
        assert "names a message in no language" in failed(sample, **contents)["notice 2"]


def test_a_thousand_lines_are_counted(sample, failed):
    sample.states[2] = ["accepted"] * 4
    leaves = [*sample.leaves(2)] * 250
    lines = with_leaves(sample, 2, leaves)
    sealed_with(sample, 2, accepted=1000)
    assert failed(sample, **lines) == {}


def test_a_message_that_held_removed_words_counts_by_its_hash(sample, failed):
    name = "notices/2/message-en.json"
    message = json.loads(sample.contents()[name])
    marker = readable(message | {"text": "Removed by order.", "html": "", "removed": True})
    said = f"{name}: no entry says that it was removed"
    assert failed(sample, **{name: marker}) == {"notice 2": said}
    removal = {"policy": "0b7d", "texts": [], "messages": [message["sha256"]]}
    sample.facts.append(("text.removed", 12, removal))
    assert failed(sample, **{name: marker}) == {"notice 2": said}
    removal["policy"] = "6f1c"
    assert failed(sample, **{name: marker}) == {}
    unmarked = readable(json.loads(marker) | {"removed": False})
    assert "the words do not make their hash" in failed(sample, **{name: unmarked})["notice 2"]
