"""Wagtail's name for what follows an approved workflow. Models are not loaded yet when it asks."""


def finish_workflow(workflow_state, user=None):
    """The setting WAGTAIL_FINISH_WORKFLOW_ACTION names this function."""
    from documents.actions.approve_by_workflow import approve_by_workflow

    approve_by_workflow(workflow_state, user)
