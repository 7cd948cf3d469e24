"""From a draft to a text in force, through the one door."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from documents import queries
from documents.actions.clear_publication import clear_publication
from documents.actions.propose_publication import propose_publication
from documents.actions.publish_version import publish_version
from documents.actions.reschedule_publication import reschedule_publication
from documents.actions.set_promise import set_promise
from documents.actions.withdraw_publication import withdraw_publication
from documents.comparison import Significance
from documents.errors import (
    AlreadyPending,
    DateInThePast,
    DateTooEarly,
    EmptyDraft,
    InvalidInput,
    NotAllowed,
    NothingChanged,
    NotPending,
    PromiseNotInText,
    StaleDraft,
)
from documents.evidence.canonical import digest
from documents.models import ClauseText, Entry, Place, Role
from documents.models.publications import State
from documents.promises import Basis, Effect, resting_on
from legalcms import clock
from tests import factories
from tests.factories import EMAIL_PROMISE, MATERIAL_TEXT, POSTING_PROMISE, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.admin()


@pytest.fixture
def policy(admin):
    return factories.policy(admin)


def days_after(moment, days):
    return time_machine.travel(moment + timedelta(days=days), tick=False)


def test_a_first_version_takes_effect_at_once_and_tells_nobody(policy, admin):
    publication = factories.publish(policy, admin)
    version = queries.in_force(policy, clock.now())
    assert version.number == 1
    assert publication.cleared_at == publication.effective_at == publication.announced_at
    assert not publication.notices.exists()


def test_a_material_change_waits_for_its_notice(policy, admin):
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    assert publication.notice_required
    assert publication.cleared_at is None
    assert publication.notices.get().messages.get().sha256
    with days_after(publication.effective_at, 1):
        assert queries.in_force(policy, clock.now()).number == 1
        assert publication.state(clock.now()) == State.HELD


def test_an_editorial_change_needs_no_notice(policy, admin):
    factories.publish(policy, admin)
    publication = factories.publish(
        policy, admin, TEXT.replace("your name", "your  full name"), Significance.EDITORIAL
    )
    assert not publication.notice_required
    assert queries.in_force(policy, clock.now()).number == 2


def test_a_posting_promise_is_kept_by_posting(admin):
    policy = factories.policy(admin, promise=POSTING_PROMISE)
    factories.publish(policy, admin)
    factories.publish(policy, admin, MATERIAL_TEXT)
    assert queries.in_force(policy, clock.now()).number == 2


def test_a_change_is_judged_by_the_promise_in_force_not_by_the_one_it_brings(policy, admin):
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    set_promise(policy=policy, promise=POSTING_PROMISE, by=admin)
    assert factories.publish(policy, admin, MATERIAL_TEXT).notice_required


def test_the_answer_for_a_past_instant_stays(policy, admin):
    before = clock.now() - timedelta(seconds=1)
    first = factories.publish(policy, admin)
    factories.publish(policy, admin, MATERIAL_TEXT, Significance.MINOR)
    assert queries.in_force(policy, before) is None
    assert queries.in_force(policy, first.effective_at).number == 1


def test_unchanged_clauses_are_stored_once(policy, admin):
    factories.publish(policy, admin)
    places = Place.objects.count()
    factories.publish(policy, admin, MATERIAL_TEXT, Significance.MINOR)
    assert Place.objects.count() == places + 1
    first, second = policy.versions.order_by("number")
    assert first.outline[1:] == second.outline[1:]
    assert first.computed_sha256() == first.sha256
    assert second.computed_sha256() == second.sha256


def test_the_history_of_a_clause_ends_with_its_removal(policy, admin):
    factories.publish(policy, admin)
    key = policy.draft().ordered_clauses()[0].key
    without = TEXT.split("## 1.")[0] + "## 2." + TEXT.split("## 2.")[1]
    factories.publish(policy, admin, without, Significance.MINOR)
    states = list(queries.clause_history(policy, key))
    assert [place.since for place in states] == [1, 2]
    assert states[-1].text is None


def test_who_may_not_publish_is_refused(policy, admin):
    editor = factories.member(policy.publisher, Role.EDITOR)
    with pytest.raises(NotAllowed, match="Publisher"):
        factories.publish(policy, editor)
    assert not policy.versions.exists()


def test_the_publisher_of_another_organisation_is_refused(policy, admin):
    stranger = factories.member(factories.publisher(admin), Role.PUBLISHER)
    with pytest.raises(NotAllowed):
        factories.publish(policy, stranger)


def test_a_draft_that_changed_since_it_was_looked_at_is_refused(policy, admin):
    seen = policy.draft().draft_sha256()
    factories.write(policy, MATERIAL_TEXT, admin)
    with pytest.raises(StaleDraft):
        propose(policy, admin, seen)


def test_a_proposal_is_void_once_the_draft_changes(policy, admin):
    proposal = propose(policy, admin, policy.draft().draft_sha256())
    factories.write(policy, MATERIAL_TEXT, admin)
    with pytest.raises(StaleDraft):
        publish_version(proposal_id=proposal.pk, by=admin)
    assert not policy.versions.exists()


def test_a_proposal_is_published_once(policy, admin):
    publication = factories.publish(policy, admin)
    with pytest.raises(NotPending):
        publish_version(proposal_id=publication.pk, by=admin)


def propose(policy, by, sha256, on=None):
    return propose_publication(
        policy=policy,
        significance=Significance.MATERIAL,
        summary="",
        draft_sha256=sha256,
        effect=Effect(on) if on else None,
        by=by,
    )


def test_refusals_of_publishing(policy, admin):
    with pytest.raises(EmptyDraft):
        factories.publish(_empty(admin), admin)
    today = clock.now().astimezone(policy.publisher.zone).date()
    with pytest.raises(DateInThePast):
        factories.publish(policy, admin, on=today - timedelta(days=1))
    factories.publish(policy, admin)
    with pytest.raises(NothingChanged):
        factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    with pytest.raises(DateTooEarly, match="at least 10 days"):
        factories.publish(policy, admin, MATERIAL_TEXT, on=today + timedelta(days=10))
    factories.publish(policy, admin, on=today + timedelta(days=11))
    with pytest.raises(AlreadyPending):
        factories.publish(policy, admin, TEXT)


def _empty(admin):
    policy = factories.policy(admin, promise=None)
    for clause in policy.draft().ordered_clauses():
        from documents.actions.remove_clause import remove_clause

        remove_clause(policy=policy, key=clause.key, by=admin)
    return policy


def test_a_withdrawn_publication_never_takes_effect(policy, admin):
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    withdraw_publication(publication_id=publication.pk, reason="a mistake", by=admin)
    with days_after(publication.effective_at, 1):
        assert queries.in_force(policy, clock.now()).number == 1
        assert queries.pending(policy, clock.now()) is None
    again = factories.publish(policy, admin)
    assert again.versions.get().number == 3


def test_what_is_in_force_is_neither_moved_nor_withdrawn(policy, admin):
    publication = factories.publish(policy, admin)
    tomorrow = clock.now().date() + timedelta(days=2)
    with pytest.raises(NotPending):
        withdraw_publication(publication_id=publication.pk, reason="x", by=admin)
    with pytest.raises(NotPending):
        reschedule_publication(publication_id=publication.pk, effect=Effect(tomorrow), by=admin)


def test_an_announced_date_moves_only_within_the_promise(policy, admin):
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    today = clock.now().astimezone(policy.publisher.zone).date()
    publication = factories.publish(policy, admin, MATERIAL_TEXT, on=today + timedelta(days=20))
    with pytest.raises(DateTooEarly):
        reschedule_publication(
            publication_id=publication.pk, effect=Effect(today + timedelta(days=5)), by=admin
        )
    moved = reschedule_publication(
        publication_id=publication.pk, effect=Effect(today + timedelta(days=30)), by=admin
    )
    rounds = [(notice.round, notice.kind) for notice in moved.notices.order_by("round")]
    assert rounds == [(1, "announcement"), (2, "correction")]
    assert moved.deadline_at.astimezone(policy.publisher.zone).date() == today + timedelta(days=20)


def test_clearing_twice_changes_nothing(policy, admin):
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    factories.work()
    publication.refresh_from_db()
    assert publication.cleared_at
    entries = Entry.objects.count()
    clear_publication(publication_id=publication.pk, evidence=None)
    assert Entry.objects.count() == entries


def test_without_anyone_to_give_evidence_a_change_stays_uncleared(policy, admin, monkeypatch):
    from documents import signals

    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    monkeypatch.setattr(signals.publication_announced, "receivers", [])
    signals.publication_announced.sender_receivers_cache.clear()
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    factories.work()
    with days_after(publication.effective_at, 1):
        assert queries.in_force(policy, clock.now()).number == 1


def retitle(policy, by):
    draft = policy.draft()
    draft.title = "Privacy notice"
    draft.save_revision(user=by)


def recontact(policy, by):
    policy.publisher.contact = "else@acme.example"
    policy.publisher.save()


def rename_entity(policy, by):
    policy.publisher.legal_entity = "Acme Holding SE"
    policy.publisher.save()


def promise_otherwise(policy, by):
    set_promise(policy=policy, promise=POSTING_PROMISE, by=by)


DETAILS = [retitle, recontact, rename_entity, promise_otherwise]


@pytest.mark.parametrize("change", DETAILS)
def test_whatever_a_version_freezes_is_a_change_and_a_material_one(policy, admin, change):
    factories.publish(policy, admin)
    change(policy, admin)
    now, draft = clock.now(), policy.draft()
    redline = queries.draft_redline(draft, now)
    assert redline.is_empty
    assert queries.proposed_significance(draft, redline, now) is Significance.MATERIAL
    factories.recipients(policy.publisher, admin)
    call_command(
        "publish_version", publisher=policy.publisher.slug, policy=policy.slug, by=admin.username
    )
    version = policy.versions.get(number=2)
    assert version.significance == "material"
    assert version.details() == draft.details()
    assert version.publication.notice_required


@pytest.mark.parametrize("change", DETAILS)
def test_a_proposal_is_void_once_anything_that_it_would_freeze_changes(policy, admin, change):
    proposal = propose(policy, admin, policy.draft().draft_sha256())
    change(policy, admin)
    with pytest.raises(StaleDraft):
        publish_version(proposal_id=proposal.pk, by=admin)


def test_a_promise_whose_words_have_left_the_text_is_to_be_reviewed(policy, admin):
    key = str(policy.draft().ordered_clauses()[-1].key)
    cited = replace(EMAIL_PROMISE, bases=resting_on(Basis(clause_key=key, words="by e-mail")))
    set_promise(policy=policy, promise=cited, by=admin)
    with pytest.raises(PromiseNotInText, match=r"“by e-mail”\. Review the promise"):
        factories.publish(policy, admin, TEXT.replace("by e-mail", "by letter"))
    factories.publish(policy, admin, TEXT)


def test_texts_are_stored_in_the_order_of_their_hashes(policy, admin):
    sections = "".join(f"\n## {n}. Section {n}\n\nText {n}.\n" for n in range(1, 12))
    factories.publish(policy, admin, "# Privacy\n" + sections)
    hashes = list(ClauseText.objects.order_by("pk").values_list("sha256", flat=True))
    assert len(hashes) > 10
    assert hashes == sorted(hashes)


def test_a_withdrawal_says_why_and_the_log_holds_a_hash_of_it(policy, admin):
    factories.publish(policy, admin)
    factories.recipients(policy.publisher, admin)
    publication = factories.publish(policy, admin, MATERIAL_TEXT)
    with pytest.raises(InvalidInput, match="reason"):
        withdraw_publication(publication_id=publication.pk, reason=" \n", by=admin)
    withdrawn = withdraw_publication(publication_id=publication.pk, reason="Ada erred", by=admin)
    withdrawn.refresh_from_db()
    assert withdrawn.withdrawal_reason == "Ada erred"
    entry = Entry.objects.get(kind="publication.withdrawn")
    assert entry.payload["reason_sha256"] == digest("Ada erred")
    assert "Ada" not in str(entry.payload)
