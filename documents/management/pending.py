"""The publication that a command is about, where a policy can have only one."""

from documents import queries
from documents.errors import NotFound
from legalcms import clock


def pending_publication(policy):
    """The pending or held Publication of a policy. Raises NotFound."""
    version = queries.pending(policy, clock.now())
    if version is None:
        raise NotFound(what="pending publication of", name=policy.slug, known="none")
    return version.publication
