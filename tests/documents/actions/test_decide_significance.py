"""Judging changes: proposed by the comparison, decided by people, lowered by two of them."""

import pytest

from documents import queries
from documents.actions.decide_significance import decide_significance
from documents.actions.publish_version import publish_version
from documents.comparison import Significance
from documents.errors import (
    InvalidInput,
    NotAllowed,
    NothingToDecide,
    SamePerson,
    SignificanceTooLow,
    StaleChange,
)
from documents.models import SignificanceDecision
from legalcms import clock
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(team):
    """One clause of the draft says something else."""
    factories.write(team.policy, MATERIAL_TEXT, team.admin)
    return team


def judged(team):
    return queries.judged_changes(team.policy.draft(), clock.now())


def decide(team, by, level=Significance.MINOR, reason="The law says it already.", **values):
    (change,) = judged(team)
    sent = {"key": change.key, "change_sha256": change.change_sha256} | values
    return decide_significance(policy=team.policy, level=level, reason=reason, by=by, **sent)


def highest(team):
    draft, now = team.policy.draft(), clock.now()
    return queries.proposed_significance(draft, queries.draft_redline(draft, now), now)


def test_a_change_of_words_is_proposed_as_material(changed):
    (change,) = judged(changed)
    assert change.level is Significance.MATERIAL
    assert change.proposal.reasons
    assert highest(changed) is Significance.MATERIAL


def test_a_text_is_as_grave_as_its_gravest_change(changed):
    text = MATERIAL_TEXT.replace("# Privacy", "# Privacy ", 1).replace(".", " .", 1)
    factories.write(changed.policy, text, changed.admin)
    assert highest(changed) is max(each.level for each in judged(changed))
    factories.judge(changed.policy, Significance.EDITORIAL, changed.ada)
    assert highest(changed) is Significance.EDITORIAL


def test_one_person_alone_lowers_nothing(changed):
    assert decide(changed, changed.ada).is_waiting
    assert highest(changed) is Significance.MATERIAL
    with pytest.raises(SamePerson):
        factories.confirm(SignificanceDecision.objects.get(), changed.ada)


def test_a_second_person_makes_it_count(changed):
    decision = decide(changed, changed.editor)
    factories.confirm(decision, changed.reviewer)
    assert highest(changed) is Significance.MINOR
    with pytest.raises(NothingToDecide):
        factories.confirm(decision, changed.bo)


def test_calling_a_change_graver_takes_one_person(team):
    factories.write(team.policy, TEXT.replace("your name", "your  name, "), team.admin)
    (change,) = judged(team)
    assert change.level is not Significance.MATERIAL
    decide(team, team.editor, level=Significance.MATERIAL)
    assert highest(team) is Significance.MATERIAL


def test_who_only_edits_confirms_nothing_and_a_reason_is_owed(changed):
    with pytest.raises(InvalidInput, match="Say why"):
        decide(changed, changed.ada, reason="  ")
    decision = decide(changed, changed.ada)
    with pytest.raises(NotAllowed):
        factories.confirm(decision, changed.editor)


def test_an_edited_clause_asks_for_a_new_judgement(changed):
    (seen,) = judged(changed)
    decision = decide(changed, changed.ada)
    factories.confirm(decision, changed.bo)
    factories.write(changed.policy, MATERIAL_TEXT.replace("name", "full name"), changed.admin)
    assert highest(changed) is Significance.MATERIAL
    with pytest.raises(StaleChange):
        decide_significance(
            policy=changed.policy,
            key=seen.key,
            change_sha256=seen.change_sha256,
            level=Significance.MINOR,
            reason="As before.",
            by=changed.ada,
        )


def test_judging_anew_asks_the_second_person_again_and_keeps_what_was_thought_before(changed):
    decision = decide(changed, changed.ada)
    factories.confirm(decision, changed.bo)
    assert decide(changed, changed.ada, level=Significance.EDITORIAL).is_waiting
    levels = SignificanceDecision.history.order_by("history_id").values_list("level", flat=True)
    assert [*levels] == ["minor", "minor", "editorial"]


def test_another_title_is_judged_too(team):
    draft = team.policy.draft()
    draft.title = "Another name"
    draft.save_revision()
    (details,) = judged(team)
    assert (details.key, details.level) == ("", Significance.MATERIAL)
    factories.confirm(decide(team, team.ada), team.bo)
    assert highest(team) is Significance.MINOR


def test_nothing_is_published_as_less_than_it_is_judged(changed):
    with pytest.raises(SignificanceTooLow, match="judged Material"):
        factories.propose(
            changed.policy, changed.ada, significance=Significance.MINOR, judged=False
        )
    factories.judge(changed.policy, Significance.MINOR, changed.ada)
    proposal = factories.propose(
        changed.policy, changed.ada, significance=Significance.MINOR, judged=False
    )
    SignificanceDecision.objects.all().delete()  # as if the decision had been taken back
    with pytest.raises(SignificanceTooLow):
        publish_version(proposal_id=proposal.pk, by=changed.ada)


def test_a_decision_that_was_changed_meanwhile_is_not_confirmed(changed):
    seen = decide(changed, changed.ada)
    decide(changed, changed.ada, level=Significance.EDITORIAL)
    with pytest.raises(StaleChange):
        factories.confirm(seen, changed.bo)
    assert highest(changed) is Significance.MATERIAL


def test_a_change_that_became_graver_asks_for_a_new_judgement(team):
    """The same words are editorial only while they follow the clause that they refer to."""
    text = "# Privacy\n\n## 1. One\n\nSee section {}.\n\n## 2. {}\n\nWe pay.{}\n"
    policy = factories.policy(
        team.admin, of=team.publisher, text=text.format(2, "Two", ""), promise=None
    )
    factories.publish(policy, team.admin)
    factories.write(policy, text.format(3, "New", "\n\n## 3. Two\n\nWe pay."), team.admin)
    first = queries.judged_changes(policy.draft(), clock.now())[0]
    assert first.level is Significance.EDITORIAL
    decide_significance(
        policy=policy,
        key=first.key,
        change_sha256=first.change_sha256,
        level=Significance.EDITORIAL,
        reason="It follows.",
        by=team.editor,
    )
    factories.write(policy, text.format(3, "Two", ""), team.admin)
    (now,) = queries.judged_changes(policy.draft(), clock.now())
    assert (now.key, now.decision) == (first.key, None)
    assert now.level is Significance.MATERIAL
