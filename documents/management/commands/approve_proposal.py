"""Approve the open proposal of a policy, as a second person."""

from django.core.management.base import BaseCommand

from documents import queries
from documents.actions.approve_proposal import approve_proposal
from documents.errors import NotFound
from documents.management.arguments import add_policy_arguments, policy_and_user
from documents.management.facts import facts_of_proposal
from documents.management.reporting import plain_errors, report


class Command(BaseCommand):
    help = "Say yes to exactly the proposal whose hash is given; any change of it voids the yes."

    def add_arguments(self, parser):
        parser.add_argument("sha256", metavar="SHA256", help="as propose_publication printed it")
        add_policy_arguments(parser)

    def handle(self, *, sha256, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            proposal = queries.proposals(policy).first()
            if proposal is None:
                raise NotFound(what="open proposal of", name=policy.slug, known="none")
            approve_proposal(proposal_id=proposal.pk, proposal_sha256=sha256, by=user)
        report(self.stdout, facts_of_proposal(proposal), as_json=options["json"])
