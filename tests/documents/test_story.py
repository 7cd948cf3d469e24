"""What happened to a policy, from the evidence log, the record and the draft's history."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.actions import motions
from documents.actions.edit_clause import ClauseContent, clause_sha256, edit_clause
from documents.actions.hold_publication import hold_publication
from documents.actions.move_clause import move_clause
from documents.actions.override_date import ask_earlier_date, confirm_earlier_date
from documents.actions.publish_version import publish_version
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.restore_version import restore_version
from documents.actions.sign_off_failures import sign_off_failures
from documents.actions.withdraw_publication import withdraw_publication
from documents.models import Actor, Publication, Role
from documents.promises import Effect
from documents.story import first_day, lines_of, story, telling
from documents.wording import day
from legalcms import clock
from notifications.actions.record_event import record_event
from notifications.models import Delivery
from notifications.models.deliveries import EventKind
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db


def named(user, first, last):
    user.first_name, user.last_name = first, last
    user.save()
    return user


@pytest.fixture
def team():
    """Version 1 in force, e-mail promised ten days ahead, three people to tell."""
    amina = named(factories.admin(), "Amina", "Berger")
    publisher = factories.publisher(amina)
    policy = factories.policy(amina, of=publisher)
    factories.publish(policy, amina)
    factories.recipients(publisher, amina)
    rosa = named(factories.member(publisher, Role.PUBLISHER), "Rosa", "Lind")
    return SimpleNamespace(policy=policy, publisher=publisher, amina=amina, rosa=rosa)


def on(team, days):
    """The legal day so many days ahead."""
    return clock.now().astimezone(team.publisher.zone).date() + timedelta(days=days)


def later(days):
    return time_machine.travel(clock.now() + timedelta(days=days), tick=True)


def told(policy, **span):
    """All lines, the oldest first."""
    days = story(policy, clock.now(), **span)
    return [line for _day, lines in reversed(days) for line in reversed(lines)]


def words(policy):
    return [line.words for line in told(policy)]


def announced(team):
    """Version 2, as proposed by Rosa, approved by Amina and published by Rosa for day 20."""
    proposal = factories.propose(team.policy, team.rosa, MATERIAL_TEXT, on=on(team, 20))
    factories.approve(proposal, team.amina)
    return publish_version(proposal_id=proposal.pk, by=team.rosa)


def test_a_version_is_told_from_its_proposal_to_its_effect(team, smtp):
    before = len(words(team.policy))
    effect = day(on(team, 20))
    announced(team)
    factories.work()
    with later(21):
        assert words(team.policy)[before:] == [
            "Rosa Lind imported a file as the draft.",
            f"Rosa Lind proposed version 2 for {effect}.",
            "Amina Berger approved the proposal of version 2.",
            f"Rosa Lind published version 2 as a material change, to take effect on {effect}.",
            "The notice of version 2 was opened. It goes to everyone who joined before.",
            "The notice of version 2 was completed. 3 people were to be told: 3 accepted by the "
            "mail server, 0 failed.",
            f"The promise was found kept, and version 2 cleared for {effect}.",
            "Version 2 took effect.",
        ]


def test_the_first_text_is_told_with_its_promise(team):
    assert words(team.policy) == [
        "Amina Berger started the policy.",
        "Amina Berger imported a file as the draft.",
        "Amina Berger recorded what the policy promises: “Every material change is told by e-mail "
        "at least 10 days before it takes effect.”",
        "Amina Berger proposed version 1, to take effect once announced.",
        "Amina Berger published version 1, the first text, with effect at once. It had to wait "
        "for no notice.",
        "Version 1 took effect.",
    ]


def test_what_the_log_proves_carries_its_entry_and_what_it_does_not_has_none(team):
    lines = {line.words: line for line in told(team.policy)}
    edit = lines["Amina Berger imported a file as the draft."]
    proposal = lines["Amina Berger proposed version 1, to take effect once announced."]
    effect = lines["Version 1 took effect."]
    assert (edit.source, edit.entry, edit.actor) == ("draft", None, "Amina Berger")
    assert (proposal.source, proposal.entry.kind) == ("log", "proposal.made")
    assert proposal.actor == "Amina Berger"
    assert (effect.source, effect.entry, effect.actor) == ("record", None, None)
    assert effect.at == Publication.objects.get().effective_at


def test_a_version_has_taken_effect_only_once_it_has(team, smtp):
    announced(team)
    factories.work()
    with later(19):
        assert "Version 2 took effect." not in words(team.policy)
    with later(20):
        assert words(team.policy)[-1] == "Version 2 took effect."


def test_a_version_that_waits_in_vain_takes_no_effect(team):
    announced(team)
    with later(21):
        factories.work()
        assert words(team.policy)[-2:] == [
            "Version 2 was held: the time to tell people passed before it was done.",
            "The notice of version 2 was stopped when that was held. Nobody was told before.",
        ]


def test_days_are_legal_days_of_the_publisher_and_the_newest_comes_first(team):
    midnight = clock.now().replace(hour=23, minute=30)  # UTC: the next day in Paris
    with time_machine.travel(midnight, tick=True):
        factories.propose(team.policy, team.rosa, MATERIAL_TEXT)
        days = story(team.policy, clock.now())
    (new, new_lines), (old, _old_lines) = days
    assert new == old + timedelta(days=1) == midnight.date() + timedelta(days=1)
    assert [line.words for line in new_lines][-1] == "Rosa Lind imported a file as the draft."


def test_nothing_is_told_before_it_happened(team):
    at = clock.now()
    with later(1):
        factories.propose(team.policy, team.rosa, MATERIAL_TEXT)
        assert len(story(team.policy, clock.now())) == 2
        assert len(story(team.policy, at)) == 1


def test_many_edits_of_one_person_on_one_day_are_one_sentence(team):
    def edit(number):
        clause = team.policy.draft().ordered_clauses()[0]
        content = ClauseContent(clause.level, str(number), clause.heading, clause.body)
        edit_clause(
            policy=team.policy,
            key=clause.key,
            content=content,
            base_sha256=clause_sha256(clause),
            by=team.rosa,
        )

    for number in (7, 8, 9):
        edit(number)
    key = team.policy.draft().ordered_clauses()[0].key
    move_clause(policy=team.policy, key=key, by=team.rosa, down=True)
    move_clause(policy=team.policy, key=key, by=team.amina, down=False)
    with later(1):
        edit(10)
        assert words(team.policy)[-3:] == [
            "Rosa Lind worked on the clauses: 3 edits, 1 move.",
            "Amina Berger worked on the clauses: 1 move.",
            "Rosa Lind worked on the clauses: 1 edit.",
        ]


def test_a_hold_is_told_with_its_reason_even_once_there_is_a_new_date(team):
    publication = announced(team)
    before, after = day(on(team, 20)), day(on(team, 30))
    hold_publication(publication_id=publication.pk, reason="Not signed yet.", by=team.amina)
    reschedule_publication(
        publication_id=publication.pk, effect=Effect(on(team, 30)), by=team.amina
    )
    assert not Publication.objects.get(pk=publication.pk).hold_note
    assert words(team.policy)[-3:] == [
        "Amina Berger held version 2. The reason: “Not signed yet.”",
        f"Amina Berger moved the date of version 2 from {before} to {after}.",
        "A notice of the new date of version 2 was opened. It goes to everyone who joined before.",
    ]


def test_a_clearance_names_the_date_that_it_was_for(team, smtp):
    publication = announced(team)
    first, second = day(on(team, 20)), day(on(team, 30))
    factories.work()
    reschedule_publication(publication_id=publication.pk, effect=Effect(on(team, 30)), by=team.rosa)
    factories.work()
    cleared = [line for line in words(team.policy) if "cleared" in line]
    assert cleared == [
        f"The promise was found kept, and version 2 cleared for {first}.",
        f"The promise was found kept, and version 2 cleared for {second}.",
    ]


def test_an_override_names_both_people_the_reason_and_the_promise(team):
    publication = announced(team)
    before, after = day(on(team, 20)), day(on(team, 2))
    motion = ask_earlier_date(
        publication_id=publication.pk,
        effect=Effect(on(team, 2)),
        reason="A court orders it.",
        by=team.rosa,
    )
    confirm_earlier_date(motion_id=motion.pk, by=team.amina)
    with later(3):
        assert words(team.policy)[-5:] == [
            f"Rosa Lind asked to let version 2 take effect on {after}, earlier than the promise "
            "allows. The reason: “A court orders it.”",
            "Amina Berger agreed, as the second person, to the earlier date of version 2.",
            f"Amina Berger let version 2 take effect on {after} instead of {before}, although the "
            "promise is not kept. The reason: “A court orders it.”",
            "A notice of the new date of version 2 was opened. It goes to everyone who joined "
            "before.",
            "Version 2 took effect, although the promise was not kept.",
        ]


def test_a_motion_is_refused_or_taken_back(team):
    publication = announced(team)
    for by in (team.amina, team.rosa):
        motion = ask_earlier_date(
            publication_id=publication.pk, effect=Effect(), reason="Please.", by=team.rosa
        )
        motions.refuse(motion_id=motion.pk, by=by)
    asked = (
        "Rosa Lind asked to let version 2 take effect at once, earlier than the promise allows. "
        "The reason: “Please.”"
    )
    assert words(team.policy)[-4:] == [
        asked,
        "Amina Berger refused the earlier date of version 2.",
        asked,
        "Rosa Lind took back the request for an earlier date of version 2.",
    ]


def test_a_signature_says_for_how_many_and_why(team, smtp):
    smtp.recipient_answer = lambda address: "550 5.1.1 no"
    publication = announced(team)
    factories.work()
    sign_off_failures(publication_id=publication.pk, reason="They moved.", by=team.amina)
    lines = words(team.policy)
    assert (
        "3 of 3 people could not be told, more than goes without an answer: version 2 waits for "
        "somebody to sign for it."
    ) in lines
    assert (
        "Amina Berger signed for 3 of 3 people who could not be told. The reason: “They moved.”"
    ) in lines


def test_an_urgent_fix_is_told_with_what_it_set_aside_and_brought_back(team, smtp):
    effect = day(on(team, 20))
    announced(team)
    factories.work()
    restore_version(policy=team.policy, version=team.policy.versions.get(number=1), by=team.rosa)
    factories.write(team.policy, TEXT.replace("by e-mail", "by e-mail, in time"), team.rosa)
    fix = factories.propose(team.policy, team.rosa, exception=factories.urgent(team.policy))
    factories.approve(fix, team.amina)
    publish_version(proposal_id=fix.pk, by=team.rosa)
    lines = words(team.policy)
    start = lines.index("Rosa Lind set version 2 aside for an urgent fix.")
    assert lines[start + 1 :] == [
        "Rosa Lind published version 3 as a material change, with effect at once. An exception "
        "was claimed, “Needed for security”; it rests on: “CVE-2026-1”. The promise in force has "
        "no such exception: it was not kept.",
        "Version 3 took effect, although the promise was not kept.",
        "The notice of version 3 was opened, on the day itself. It goes to everyone who joined "
        "before.",
        "The change that was set aside became the draft again, on top of the urgent fix.",
        f"Rosa Lind published version 4 as a material change, to take effect on {effect}. It "
        "brings back the change of version 2, on top of the fix; the notice of that counts for it.",
    ]


def test_a_withdrawal_is_told_with_its_reason(team):
    publication = announced(team)
    withdraw_publication(publication_id=publication.pk, reason="Clause 2 is wrong.", by=team.rosa)
    assert words(team.policy)[-1] == (
        "Rosa Lind withdrew version 2. The reason: “Clause 2 is wrong.”"
    )


def test_a_reason_that_was_changed_afterwards_is_not_quoted(team):
    publication = announced(team)
    withdraw_publication(publication_id=publication.pk, reason="Clause 2 is wrong.", by=team.rosa)
    Publication.objects.filter(pk=publication.pk).update(withdrawal_reason="All was well.")
    Publication.history.filter(id=publication.pk).update(withdrawal_reason="All was well.")
    assert words(team.policy)[-1] == (
        "Rosa Lind withdrew version 2. The reason that was given no longer stands on record."
    )


def test_messages_that_came_back_are_counted_by_day_and_name_nobody(team, smtp):
    announced(team)
    factories.work()
    deliveries = list(Delivery.objects.order_by("pk"))
    for delivery in deliveries[:2]:
        bounce(delivery)
    with later(1):
        bounce(deliveries[2])
        lines = told(team.policy)[-2:]
    assert [(line.words, line.more) for line in lines] == [
        ("2 messages about version 2 came back after a mail server had accepted them.", 1),
        ("1 message about version 2 came back after a mail server had accepted it.", 0),
    ]
    assert [line.entry.payload["message_id"] for line in lines] == [
        deliveries[1].message_id,
        deliveries[2].message_id,
    ]


def bounce(delivery):
    record_event(
        publisher=delivery.notice.publication.publisher,
        message_id=delivery.message_id,
        kind=EventKind.BOUNCED,
        happened_at=clock.now(),
        code="5.1.1",
    )


def test_whoever_was_erased_is_a_former_member_of_the_team(team):
    factories.propose(team.policy, team.rosa, MATERIAL_TEXT)
    Actor.objects.filter(user=team.rosa).update(name="", user=None)
    team.rosa.delete()
    lines = told(team.policy)[-2:]
    assert [line.words for line in lines] == [
        "A former member of the team imported a file as the draft.",
        f"A former member of the team proposed a new version for {day(on(team, 11))}.",
    ]
    assert lines[1].actor == "a former member of the team"


def test_what_belongs_to_another_policy_is_not_told(team):
    before = words(team.policy)
    other = factories.policy(team.amina, of=team.publisher)
    factories.publish(other, team.amina)
    assert words(team.policy) == before
    assert len(words(other)) == len(before)


def test_one_publication_is_told_alone_and_the_oldest_first(team):
    publication = announced(team)
    effect = day(on(team, 20))
    lines = lines_of(publication, team.policy)
    assert [line.words for line in lines] == [
        f"Rosa Lind proposed version 2 for {effect}.",
        "Amina Berger approved the proposal of version 2.",
        f"Rosa Lind published version 2 as a material change, to take effect on {effect}.",
        "The notice of version 2 was opened. It goes to everyone who joined before.",
    ]
    assert [line.entry.seq for line in lines] == sorted(line.entry.seq for line in lines)


def test_the_number_of_queries_does_not_grow_with_the_story(team):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            story(team.policy, clock.now())
        return len(captured)

    def publish_and_withdraw(number):
        publication = factories.publish(
            team.policy, team.rosa, MATERIAL_TEXT.replace("ten", f"{number}")
        )
        ask_earlier_date(publication_id=publication.pk, effect=Effect(), reason="x", by=team.rosa)
        withdraw_publication(publication_id=publication.pk, reason="x", by=team.amina)

    publish_and_withdraw(1)
    with_one = queries()
    for number in range(2, 6):
        publish_and_withdraw(number)
    assert team.policy.versions.count() == 6
    assert queries() == with_one


@pytest.fixture
def long_story(team, monkeypatch):
    """Ten days with two entries each, after the first; a page is to hold five."""
    for days in range(1, 11):
        with later(days):
            proposal = factories.propose(team.policy, team.rosa, MATERIAL_TEXT)
            factories.approve(proposal, team.amina)
    monkeypatch.setattr(telling, "PAGE", 5)
    with later(10):
        yield team.policy


def pages(policy):
    before = None
    while True:
        since = first_day(policy, clock.now(), before)
        yield story(policy, clock.now(), since, before)
        if since is None:
            return
        before = since


def test_a_long_story_is_read_in_pages_of_whole_days(long_story):
    all_days = story(long_story, clock.now())
    found = list(pages(long_story))
    assert [len(page) for page in found] == [3, 3, 3, 2]
    assert [each for page in found for each in page] == all_days


def test_a_short_story_is_one_page(team):
    assert first_day(team.policy, clock.now()) is None
