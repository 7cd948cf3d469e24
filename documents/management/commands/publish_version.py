"""Publish the draft of a policy as its next version."""

from django.core.management.base import BaseCommand, CommandError

from documents import queries
from documents.actions.publish_version import publish_version
from documents.actions.requirements import require_approved
from documents.errors import SecondPersonNeeded
from documents.management.arguments import policy_and_user
from documents.management.facts import facts_of
from documents.management.proposing import TERMS, add_proposal_arguments, propose
from documents.management.reporting import plain_errors, report
from legalcms import clock


class Command(BaseCommand):
    help = (
        "Freeze the draft, announce it and open its notice: the one door to publishing. "
        "A proposal that is approved is published as it was approved; without one the draft "
        "is proposed and, where no second person is needed, published."
    )

    def add_arguments(self, parser):
        add_proposal_arguments(parser)

    def handle(self, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            proposal = approved(policy, options) or propose(policy, user, options)
            self._require_approved(proposal)
            publication = publish_version(proposal_id=proposal.pk, by=user)
        report(self.stdout, facts_of(publication), as_json=options["json"])

    def _require_approved(self, proposal):
        try:
            require_approved(proposal, clock.now())
        except SecondPersonNeeded as error:
            raise CommandError(
                f"{error} It is proposed now. To approve it: manage.py approve_proposal "
                f"{proposal.proposal_sha256}; then publish again."
            ) from error


def approved(policy, options):
    """The approved proposal of the draft as it is, or None. It is published with its own terms."""
    proposal = queries.approved_proposal(policy)
    if proposal is None or proposal.proposal["draft_sha256"] != policy.draft().draft_sha256():
        return None
    if any(options[name] for name in TERMS):
        raise CommandError(
            "A proposal is approved, and is published with the terms that it was approved with: "
            "leave them out. To change them, use propose_publication."
        )
    return proposal
