"""What can be done with a publication between its announcement and its effect, in both orders."""

from datetime import timedelta

import pytest
import time_machine

from documents import queries
from documents.actions import motions
from documents.actions.hold_publication import hold_publication
from documents.actions.override_date import ask_earlier_date, confirm_earlier_date
from documents.actions.publish_version import publish_version
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.restore_version import restore_version
from documents.actions.sign_off_failures import sign_off_failures
from documents.actions.withdraw_publication import withdraw_publication
from documents.errors import (
    AlreadyPending,
    DateInThePast,
    DateTooEarly,
    InvalidInput,
    NotAllowed,
    NothingToSignOff,
    NotPending,
    SamePerson,
    SecondPersonNeeded,
    Settled,
    WholeTextNotAffected,
)
from documents.models import Entry
from documents.models.publications import State
from documents.promises import Effect, Ground
from legalcms import clock
from notifications.models import Delivery, Recipient
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db


def on(team, days):
    """An Effect so many days from today, in the publisher's zone."""
    return Effect(clock.now().astimezone(team.publisher.zone).date() + timedelta(days=days))


def days_later(days):
    return time_machine.travel(clock.now() + timedelta(days=days), tick=False)


@pytest.fixture
def pending(team, smtp):
    """Announced for the twentieth day; everyone told, and cleared."""
    proposal = factories.propose(team.policy, team.ada, MATERIAL_TEXT, effect=on(team, 20))
    factories.approve(proposal, team.bo)
    publication = publish_version(proposal_id=proposal.pk, by=team.ada)
    factories.work()
    publication.refresh_from_db()
    assert publication.cleared_at
    return publication


def rounds(publication):
    return [*publication.notices.order_by("round").values_list("kind", flat=True)]


def test_a_later_date_is_told_to_the_same_people(team, pending, smtp):
    told = set(Recipient.objects.filter(deliveries__notice__publication=pending))
    reschedule_publication(publication_id=pending.pk, effect=on(team, 30), by=team.ada)
    factories.work()
    pending.refresh_from_db()
    assert pending.cleared_at
    correction = pending.notices.get(kind="correction")
    assert {delivery.recipient for delivery in correction.deliveries.all()} == told


def test_r30_after_a_new_date_only_the_new_round_counts(team, pending):
    moved = reschedule_publication(publication_id=pending.pk, effect=on(team, 30), by=team.ada)
    assert moved.cleared_at is None
    with days_later(31):
        assert queries.in_force(team.policy, clock.now()).number == 1
        assert moved.state(clock.now()) == State.HELD


def test_an_earlier_date_is_allowed_while_everyone_still_has_the_promised_notice(team, pending):
    moved = reschedule_publication(publication_id=pending.pk, effect=on(team, 11), by=team.ada)
    assert moved.effective_at < pending.effective_at
    assert rounds(moved) == ["announcement", "correction"]
    assert moved.promise_kept


def test_r31_earlier_than_the_promise_is_refused_to_one_person(team, pending):
    with pytest.raises(DateTooEarly, match="at least 10 days"):
        reschedule_publication(publication_id=pending.pk, effect=on(team, 10), by=team.ada)
    pending.refresh_from_db()
    assert pending.cleared_at


def test_r31_two_people_override_the_promise_with_a_reason_on_record(team, pending, client):
    motion = ask_earlier_date(
        publication_id=pending.pk, effect=on(team, 2), reason="A court orders it.", by=team.ada
    )
    moved = confirm_earlier_date(motion_id=motion.pk, by=team.bo)
    assert not moved.promise_kept
    assert moved.override_reason == "A court orders it."
    assert rounds(moved) == ["announcement", "correction"]
    with days_later(3):
        assert queries.in_force(team.policy, clock.now()).number == 2
        page = client.get(f"/{team.publisher.slug}/{team.policy.slug}/").content.decode()
        assert "was not kept for this version" in page
        assert "A court orders it." in page
    entry = Entry.objects.get(kind="publication.overridden")
    assert entry.payload["promise_kept"] is False
    assert "court" not in str(entry.payload)


def test_nobody_overrides_the_promise_alone(team, pending):
    motion = ask_earlier_date(
        publication_id=pending.pk, effect=on(team, 2), reason="Because.", by=team.ada
    )
    with pytest.raises(SamePerson):
        confirm_earlier_date(motion_id=motion.pk, by=team.ada)
    with pytest.raises(NotAllowed):
        confirm_earlier_date(motion_id=motion.pk, by=team.reviewer)


def test_an_override_needs_a_reason_and_a_date_to_come(team, pending):
    with pytest.raises(InvalidInput, match="reason"):
        ask_earlier_date(publication_id=pending.pk, effect=on(team, 2), reason=" ", by=team.ada)
    with pytest.raises(DateInThePast):
        ask_earlier_date(publication_id=pending.pk, effect=on(team, -2), reason="x", by=team.ada)


def test_a_motion_is_decided_once(team, pending):
    motion = ask_earlier_date(
        publication_id=pending.pk, effect=on(team, 2), reason="x", by=team.ada
    )
    motions.refuse(motion_id=motion.pk, by=team.bo)
    with pytest.raises(Settled):
        confirm_earlier_date(motion_id=motion.pk, by=team.bo)
    with pytest.raises(Settled):
        motions.refuse(motion_id=motion.pk, by=team.ada)
    pending.refresh_from_db()
    assert pending.promise_kept


def test_a_motion_whose_day_has_passed_is_no_longer_carried(team, pending):
    motion = ask_earlier_date(
        publication_id=pending.pk, effect=on(team, 2), reason="x", by=team.ada
    )
    with days_later(5), pytest.raises(DateInThePast):
        confirm_earlier_date(motion_id=motion.pk, by=team.bo)


def test_a_motion_about_what_was_withdrawn_meanwhile_is_not_carried(team, pending):
    motion = ask_earlier_date(
        publication_id=pending.pk, effect=on(team, 2), reason="x", by=team.ada
    )
    withdraw_publication(publication_id=pending.pk, reason="x", by=team.ada)
    with pytest.raises(NotPending):
        confirm_earlier_date(motion_id=motion.pk, by=team.bo)


def test_r32_whoever_was_told_is_told_of_the_withdrawal(team, pending, smtp):
    before = len(smtp.messages)
    withdraw_publication(publication_id=pending.pk, reason="A mistake.", by=team.ada)
    factories.work()
    assert rounds(pending) == ["announcement", "withdrawal"]
    assert len(smtp.messages) == before + 3


def test_r32_what_nobody_was_told_of_is_withdrawn_in_silence(team, smtp):
    proposal = factories.propose(team.policy, team.ada, MATERIAL_TEXT)
    factories.approve(proposal, team.bo)
    publication = publish_version(proposal_id=proposal.pk, by=team.ada)
    withdraw_publication(publication_id=publication.pk, reason="A mistake.", by=team.ada)
    factories.work()
    assert smtp.messages == []
    assert rounds(publication) == ["announcement"]


def test_r33_after_its_effect_a_text_goes_only_by_another_version(team, pending):
    with time_machine.travel(pending.effective_at + timedelta(hours=1), tick=False):
        with pytest.raises(NotPending):
            withdraw_publication(publication_id=pending.pk, reason="x", by=team.ada)
        restore_version(policy=team.policy, version=team.policy.versions.get(number=1), by=team.ada)
        assert team.policy.draft().states() == team.policy.versions.get(number=1).clauses()


def test_a_hold_by_hand_keeps_the_text_in_force_until_a_new_date(team, pending):
    held = hold_publication(publication_id=pending.pk, reason="Counsel asks.", by=team.ada)
    assert held.state(clock.now()) == State.HELD
    assert held.cleared_at is None
    with days_later(25):
        assert queries.in_force(team.policy, clock.now()).number == 1
        released = reschedule_publication(
            publication_id=pending.pk, effect=on(team, 11), by=team.ada
        )
        assert released.hold_note == ""
        assert rounds(released) == ["announcement", "correction"]


def test_what_is_held_is_not_held_again_but_can_be_withdrawn(team, pending):
    hold_publication(publication_id=pending.pk, reason="x", by=team.ada)
    with pytest.raises(NotPending):
        hold_publication(publication_id=pending.pk, reason="x", by=team.ada)
    withdraw_publication(publication_id=pending.pk, reason="x", by=team.ada)


def test_a_notice_on_its_way_stops_when_its_publication_is_held(team, smtp):
    proposal = factories.propose(team.policy, team.ada, MATERIAL_TEXT)
    factories.approve(proposal, team.bo)
    publication = publish_version(proposal_id=proposal.pk, by=team.ada)
    hold_publication(publication_id=publication.pk, reason="x", by=team.ada)
    factories.work()
    assert smtp.messages == []


@pytest.mark.parametrize("first", ["reschedule", "hold"])
def test_a_withdrawal_ends_it_whatever_came_before(team, pending, first):
    if first == "reschedule":
        reschedule_publication(publication_id=pending.pk, effect=on(team, 30), by=team.ada)
    else:
        hold_publication(publication_id=pending.pk, reason="x", by=team.ada)
    withdraw_publication(publication_id=pending.pk, reason="x", by=team.ada)
    for move in (
        lambda: reschedule_publication(publication_id=pending.pk, effect=on(team, 40), by=team.ada),
        lambda: hold_publication(publication_id=pending.pk, reason="x", by=team.ada),
        lambda: withdraw_publication(publication_id=pending.pk, reason="x", by=team.ada),
    ):
        with pytest.raises(NotPending):
            move()


# Urgent fixes and immediate effect

FIX = TEXT.replace("We tell you", "We always tell you")


def fix(team, text=FIX, **values):
    """An urgent fix of the text in force, approved and announced."""
    restore_version(
        policy=team.policy, version=queries.in_force(team.policy, clock.now()), by=team.ada
    )
    factories.write(team.policy, text, team.ada)
    exception = factories.urgent(team.policy, **values)
    proposal = factories.propose(team.policy, team.ada, exception=exception)
    factories.approve(proposal, team.bo)
    return publish_version(proposal_id=proposal.pk, by=team.ada)


def test_immediate_effect_takes_a_ground_a_source_and_two_people(team):
    factories.write(team.policy, FIX, team.ada)
    with pytest.raises(InvalidInput, match="what it rests on"):
        factories.propose(
            team.policy, team.ada, exception=factories.urgent(team.policy, source=" ")
        )
    proposal = factories.propose(team.policy, team.ada, exception=factories.urgent(team.policy))
    with pytest.raises(SecondPersonNeeded):
        publish_version(proposal_id=proposal.pk, by=team.ada)
    factories.approve(proposal, team.bo)
    published = publish_version(proposal_id=proposal.pk, by=team.ada)
    assert queries.in_force(team.policy, clock.now()).number == 2
    assert (published.ground, published.ground_source) == ("security", "CVE-2026-1")
    assert not published.promise_kept


def test_immediate_effect_is_told_the_same_day_to_everyone(team, smtp):
    published = fix(team)
    factories.work()
    notice = published.notices.get()
    assert notice.kind == "same_day"
    assert {delivery.state for delivery in notice.deliveries.all()} == {"accepted"}
    mail = smtp.messages[0]
    assert "has changed" in mail["subject"]
    text = mail.get_body(("plain",)).get_content()
    assert "Needed for security" in text
    assert "CVE-2026-1" in text
    assert "we could not keep our promise to tell you before" in " ".join(text.split())


def test_immediate_effect_covers_the_affected_clauses_alone(team):
    factories.write(team.policy, FIX.replace("your name", "your full name"), team.ada)
    exception = factories.urgent(team.policy)
    one = type(exception)(exception.ground, exception.source, exception.affected[:1])
    with pytest.raises(WholeTextNotAffected, match="Changes"):
        factories.propose(team.policy, team.ada, exception=one)


@pytest.mark.parametrize("ground", [Ground.EDITORIAL, Ground.ADMINISTRATIVE])
def test_a_ground_that_is_not_urgent_lets_nothing_take_effect_at_once(team, ground):
    factories.write(team.policy, FIX, team.ada)
    with pytest.raises(DateTooEarly):
        factories.propose(
            team.policy,
            team.ada,
            exception=factories.urgent(team.policy, ground=ground),
            effect=Effect(),
        )


def test_an_urgent_fix_sets_the_pending_change_aside_and_brings_it_back_on_top(team, pending, smtp):
    sent = len(smtp.messages)
    fix(team)
    back = queries.pending(team.policy, clock.now())
    assert back.number == 4
    assert back.publication.effective_at == pending.effective_at
    assert back.publication.carries == pending
    assert queries.in_force(team.policy, clock.now()).number == 3
    with time_machine.travel(pending.effective_at, tick=False):
        body = str(queries.in_force(team.policy, clock.now()).clauses())
        assert "ten years" in body
        assert "We always tell you" in body
    factories.work()
    assert len(smtp.messages) == sent + 3  # the same-day notice of the fix, and no withdrawal
    assert team.policy.draft().states() == back.clauses()


def test_a_fix_of_the_very_clause_that_changes_withdraws_the_pending_change(team, pending, smtp):
    fix(team, TEXT.replace("two years", "three years"))
    assert queries.pending(team.policy, clock.now()) is None
    pending.refresh_from_db()
    assert pending.withdrawn_at
    factories.work()
    assert rounds(pending) == ["announcement", "withdrawal"]


def test_a_pending_change_whose_notice_is_not_complete_does_not_come_back(team, smtp):
    proposal = factories.propose(team.policy, team.ada, MATERIAL_TEXT)
    factories.approve(proposal, team.bo)
    publish_version(proposal_id=proposal.pk, by=team.ada)
    fix(team)
    assert queries.pending(team.policy, clock.now()) is None


def test_without_a_named_exception_nothing_goes_before_what_is_pending(team, pending):
    factories.write(team.policy, FIX, team.ada)
    with pytest.raises(AlreadyPending):
        factories.propose(team.policy, team.ada)


def test_a_change_brought_back_can_be_moved_and_withdrawn_like_any_other(team, pending, smtp):
    fix(team)
    back = queries.pending(team.policy, clock.now()).publication
    moved = reschedule_publication(publication_id=back.pk, effect=on(team, 30), by=team.ada)
    factories.work()
    moved.refresh_from_db()
    assert moved.cleared_at
    assert rounds(moved) == ["correction"]
    withdraw_publication(publication_id=back.pk, reason="x", by=team.ada)
    assert rounds(moved) == ["correction", "withdrawal"]


# Signatures


def test_failures_above_the_threshold_wait_for_a_name_and_a_reason(team, smtp):
    gone = Recipient.objects.first().email
    smtp.recipient_answer = lambda address: "550 5.1.1 no" if address == gone else None
    proposal = factories.propose(team.policy, team.ada, MATERIAL_TEXT)
    factories.approve(proposal, team.bo)
    publication = publish_version(proposal_id=proposal.pk, by=team.ada)
    factories.work()
    publication.refresh_from_db()
    assert publication.cleared_at is None
    with days_later(8):  # past the deadline, before the date: there is still time to sign
        factories.work()
        with pytest.raises(InvalidInput, match="reason"):
            sign_off_failures(publication_id=publication.pk, reason="", by=team.ada)
        with pytest.raises(NotAllowed):
            sign_off_failures(publication_id=publication.pk, reason="x", by=team.editor)
        signed = sign_off_failures(publication_id=publication.pk, reason="Left.", by=team.ada)
        assert signed.cleared_at
    sign_off = publication.sign_offs.get()
    assert sign_off.counted["mail"]["failed"] == 1
    assert Entry.objects.get(kind="publication.signed_off").payload["mail"]["failed"] == 1


def test_without_a_signature_it_is_held_on_its_date(team, smtp):
    smtp.recipient_answer = lambda address: "550 5.1.1 no"
    proposal = factories.propose(team.policy, team.ada, MATERIAL_TEXT)
    factories.approve(proposal, team.bo)
    publication = publish_version(proposal_id=proposal.pk, by=team.ada)
    factories.work()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"failed"}
    with days_later(12):
        factories.work()
        publication.refresh_from_db()
        assert publication.state(clock.now()) == State.HELD
        assert queries.in_force(team.policy, clock.now()).number == 1
        with pytest.raises(NothingToSignOff):
            sign_off_failures(publication_id=publication.pk, reason="x", by=team.ada)


def test_where_nobody_is_missing_there_is_nothing_to_sign(team, pending):
    with pytest.raises(NothingToSignOff):
        sign_off_failures(publication_id=pending.pk, reason="x", by=team.ada)


def test_a_signature_counts_for_its_own_round_alone(team, smtp):
    smtp.recipient_answer = lambda address: "550 5.1.1 no"
    proposal = factories.propose(team.policy, team.ada, MATERIAL_TEXT, effect=on(team, 20))
    factories.approve(proposal, team.bo)
    publication = publish_version(proposal_id=proposal.pk, by=team.ada)
    factories.work()
    sign_off_failures(publication_id=publication.pk, reason="x", by=team.ada)
    reschedule_publication(publication_id=publication.pk, effect=on(team, 30), by=team.ada)
    factories.work()
    publication.refresh_from_db()
    assert publication.cleared_at is None
    assert publication.sign_off_asked_at
