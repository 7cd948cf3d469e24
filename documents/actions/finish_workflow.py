"""What happens when a Wagtail workflow is approved: nothing goes live.

Wagtail would publish the latest revision, whichever was approved. The approval
is recorded by Wagtail; the text still leaves through publish_version.
"""


def finish_workflow(workflow_state, user=None):
    """The setting WAGTAIL_FINISH_WORKFLOW_ACTION names this function."""
