"""Propose the draft of a policy, for another person to approve."""

from django.core.management.base import BaseCommand

from documents.management.arguments import policy_and_user
from documents.management.facts import facts_of_proposal
from documents.management.proposing import add_proposal_arguments, propose
from documents.management.reporting import plain_errors, report


class Command(BaseCommand):
    help = "Bind the draft, its date and what must be told into one proposal with a hash."

    def add_arguments(self, parser):
        add_proposal_arguments(parser)

    def handle(self, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            proposal = propose(policy, user, options)
        report(self.stdout, facts_of_proposal(proposal), as_json=options["json"])
