"""Wagtail's workflow as the way to ask for approval. What it approves binds only through us.

Each publisher's page has a workflow of one task, for its reviewers and
publishers. Approving there calls finish_workflow (a Wagtail setting), which
records an approval of the open proposal, if it is the very text that was
approved; nothing goes live.
"""

from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from documents.models import Role


def create_workflow(publisher, page):
    """The approval of one publisher's proposals; made with the publisher."""
    workflow = Workflow.objects.create(name=f"{publisher.slug}: approval")
    task = GroupApprovalTask.objects.create(name=f"{publisher.slug}: second person")
    task.groups.set(
        team.group for team in publisher.teams.filter(role__in=[Role.REVIEWER, Role.PUBLISHER])
    )
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    return workflow


def ask_for_approval(policy, *, by):
    """Start the workflow on the draft as it stands, in place of one that is under way."""
    cancel_approval(policy, by=by)
    workflow = policy.get_workflow()
    if workflow is not None:
        workflow.start(policy, by)


def cancel_approval(policy, *, by):
    """End the workflow that is under way, if any: the draft is free again."""
    state = policy.current_workflow_state
    if state is not None:
        state.cancel(user=by)
