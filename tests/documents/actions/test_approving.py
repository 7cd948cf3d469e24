"""A second person's yes, bound to a proposal's hash."""

import pytest
from wagtail.models import WorkflowState

from documents import queries
from documents.actions.approve_proposal import approve_proposal
from documents.actions.discard_proposal import discard_proposal
from documents.actions.publish_version import publish_version
from documents.actions.set_publisher_rules import set_publisher_rules
from documents.comparison import Significance
from documents.errors import (
    NotAllowed,
    NotPending,
    SamePerson,
    SecondPersonNeeded,
    StaleDraft,
    StaleProposal,
)
from documents.models import Approval, Entry, Publication
from documents.models.publishers import TwoPersonRule
from documents.promises import Effect
from documents.workflow import ask_for_approval
from tests import factories
from tests.factories import MATERIAL_TEXT, TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(team):
    return factories.propose(team.policy, team.ada, MATERIAL_TEXT)


def test_a_material_change_is_not_published_by_one_person(team, proposal):
    with pytest.raises(SecondPersonNeeded):
        publish_version(proposal_id=proposal.pk, by=team.ada)
    with pytest.raises(SecondPersonNeeded):
        publish_version(proposal_id=proposal.pk, by=team.bo)
    assert team.policy.versions.count() == 1


@pytest.mark.parametrize("second", ["bo", "reviewer", "admin"])
def test_with_a_second_persons_approval_it_is(team, proposal, second):
    factories.approve(proposal, getattr(team, second))
    publish_version(proposal_id=proposal.pk, by=team.ada)
    kinds = Entry.objects.filter(publication=proposal).values_list("kind", flat=True)
    assert [*kinds][:3] == ["proposal.made", "proposal.approved", "version.published"]


def test_the_second_person_may_publish_as_well(team, proposal):
    factories.approve(proposal, team.bo)
    assert publish_version(proposal_id=proposal.pk, by=team.bo).announced_at


def test_nobody_approves_what_they_proposed(team, proposal):
    with pytest.raises(SamePerson):
        factories.approve(proposal, team.ada)


def test_who_has_no_right_to_approve_does_not(team, proposal):
    with pytest.raises(NotAllowed, match="Publisher"):
        factories.approve(proposal, team.editor)


def test_only_the_proposal_that_was_looked_at_is_approved(team, proposal):
    with pytest.raises(StaleProposal):
        approve_proposal(proposal_id=proposal.pk, proposal_sha256="0" * 64, by=team.bo)
    assert not Approval.objects.exists()


def test_an_edit_after_the_approval_voids_it(team, proposal):
    factories.approve(proposal, team.bo)
    factories.write(team.policy, TEXT.replace("two years", "nine years"), team.editor)
    with pytest.raises(StaleDraft):
        publish_version(proposal_id=proposal.pk, by=team.ada)
    with pytest.raises(StaleDraft):
        factories.approve(proposal, team.reviewer)


def test_another_date_is_another_proposal_and_needs_another_approval(team, proposal):
    factories.approve(proposal, team.bo)
    later = Effect(Effect.parse(proposal.proposal["effective"]).on.replace(year=2027))
    other = factories.propose(team.policy, team.ada, effect=later)
    with pytest.raises(NotPending):
        publish_version(proposal_id=proposal.pk, by=team.ada)
    with pytest.raises(SecondPersonNeeded):
        publish_version(proposal_id=other.pk, by=team.ada)


def test_approving_twice_is_approving_once(team, proposal):
    factories.approve(proposal, team.bo)
    factories.approve(proposal, team.bo)
    assert Approval.objects.count() == 1
    assert Entry.objects.filter(kind="proposal.approved").count() == 1


@pytest.mark.parametrize(
    ("rule", "significance", "needed"),
    [
        (TwoPersonRule.NEVER, Significance.MATERIAL, False),
        (TwoPersonRule.MATERIAL, Significance.MATERIAL, True),
        (TwoPersonRule.MATERIAL, Significance.MINOR, False),
        (TwoPersonRule.ALWAYS, Significance.EDITORIAL, True),
    ],
)
def test_each_publisher_says_when_a_second_person_is_needed(team, rule, significance, needed):
    set_publisher_rules(
        publisher_id=team.publisher.pk, two_person_rule=rule, failures_allowed=5, by=team.admin
    )
    proposal = factories.propose(team.policy, team.ada, MATERIAL_TEXT, significance)
    if needed:
        with pytest.raises(SecondPersonNeeded):
            publish_version(proposal_id=proposal.pk, by=team.ada)
    else:
        assert publish_version(proposal_id=proposal.pk, by=team.ada).announced_at


def test_only_an_administrator_changes_the_rule_and_the_log_says_so(team):
    rules = {"publisher_id": team.publisher.pk, "two_person_rule": "never", "failures_allowed": 5}
    with pytest.raises(NotAllowed):
        set_publisher_rules(**rules, by=team.ada)
    set_publisher_rules(**rules, by=team.admin)
    entry = Entry.objects.get(kind="publisher.rules_set")
    assert entry.payload == {"two_person_rule": "never", "failures_allowed": 5}


def test_a_first_text_changes_nothing_for_anybody_and_needs_no_second_person(team):
    first = factories.policy(team.admin, of=team.publisher)
    assert factories.publish(first, team.ada).announced_at


def test_wagtails_workflow_approves_the_open_proposal(team, proposal):
    ask_for_approval(team.policy, by=team.ada)
    task = team.policy.current_workflow_state.current_task_state
    task.approve(user=team.reviewer)
    approval = Approval.objects.get()
    assert approval.proposal_sha256 == proposal.proposal_sha256
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert team.policy.versions.count() == 1
    assert publish_version(proposal_id=proposal.pk, by=team.ada).announced_at


def test_a_workflow_that_approves_another_text_approves_nothing(team, proposal):
    ask_for_approval(team.policy, by=team.ada)
    factories.write(team.policy, TEXT.replace("two years", "nine years"), team.admin)
    team.policy.current_workflow_state.current_task_state.approve(user=team.reviewer)
    assert not Approval.objects.exists()


def test_a_workflow_approved_by_its_own_proposer_approves_nothing(team, proposal):
    ask_for_approval(team.policy, by=team.ada)
    team.policy.current_workflow_state.current_task_state.approve(user=team.ada)
    assert not Approval.objects.exists()
    with pytest.raises(SecondPersonNeeded):
        publish_version(proposal_id=proposal.pk, by=team.ada)


def test_a_workflow_that_is_cancelled_or_rejected_approves_nothing(team, proposal):
    ask_for_approval(team.policy, by=team.ada)
    team.policy.current_workflow_state.current_task_state.reject(user=team.reviewer)
    assert not Approval.objects.exists()
    ask_for_approval(team.policy, by=team.ada)
    team.policy.current_workflow_state.cancel(user=team.ada)
    assert not Approval.objects.exists()


def test_a_discarded_proposal_is_neither_approved_nor_published(team, proposal):
    discard_proposal(proposal_id=proposal.pk, by=team.ada)
    with pytest.raises(NotPending):
        factories.approve(proposal, team.bo)
    with pytest.raises(NotPending):
        publish_version(proposal_id=proposal.pk, by=team.ada)
    assert queries.proposals(team.policy).count() == 0


def test_a_policy_has_one_open_proposal(team, proposal):
    other = factories.propose(team.policy, team.bo)
    assert [*queries.proposals(team.policy)] == [other]
    assert Publication.objects.get(pk=proposal.pk).discarded_at


def test_a_proposal_tampered_with_in_the_database_is_not_published(team, proposal):
    factories.approve(proposal, team.bo)
    proposal.proposal["significance"] = "editorial"
    proposal.save()
    with pytest.raises(ValueError, match="does not match its hash"):
        publish_version(proposal_id=proposal.pk, by=team.ada)
