"""Hold the pending publication of a policy."""

from django.core.management.base import BaseCommand

from documents.actions.hold_publication import hold_publication
from documents.management.arguments import add_policy_arguments, policy_and_user
from documents.management.facts import facts_of
from documents.management.pending import pending_publication
from documents.management.reporting import plain_errors, report


class Command(BaseCommand):
    help = "Keep what is announced from taking effect, until it is given a new date."

    def add_arguments(self, parser):
        parser.add_argument("--reason", required=True)
        add_policy_arguments(parser)

    def handle(self, *, reason, **options):
        with plain_errors():
            policy, user = policy_and_user(options)
            publication = hold_publication(
                publication_id=pending_publication(policy).pk, reason=reason, by=user
            )
        report(self.stdout, facts_of(publication), as_json=options["json"])
